package dev.writ.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Arrows between rooms never point up, and core touches nothing outside. */
class LayersTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.writ");

  /** What each room of core may use. A new room is a new line here, and a new sentence. */
  private static final Map<String, Set<String>> CORE =
      Map.ofEntries(
          Map.entry("base", Set.of()),
          Map.entry("audit", Set.of("base")),
          Map.entry("policy", Set.of("base")),
          Map.entry("token", Set.of("base")),
          Map.entry("form", Set.of("base")),
          Map.entry("catalogue", Set.of("base", "form")),
          Map.entry("duration", Set.of("base", "catalogue")),
          Map.entry("vocabulary", Set.of("base", "catalogue", "policy")),
          Map.entry("spec", Set.of("base", "form", "catalogue", "vocabulary", "policy", "token")),
          Map.entry(
              "draft",
              Set.of(
                  "base",
                  "form",
                  "catalogue",
                  "duration",
                  "vocabulary",
                  "policy",
                  "token",
                  "spec")),
          Map.entry("labels", Set.of("base", "form", "catalogue", "draft")),
          Map.entry("call", Set.of("base", "catalogue", "vocabulary", "policy", "token", "spec")),
          Map.entry(
              "admission",
              Set.of("base", "form", "catalogue", "vocabulary", "policy", "token", "spec")),
          Map.entry("fact", Set.of("base", "token")),
          Map.entry("state", Set.of("base", "token", "fact")),
          Map.entry("ledger", Set.of("base", "audit", "token", "fact", "state")));

  @Test
  void coreRoomsUseOnlyWhatLiesBelow() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass type : ALL) {
      String room = room(type);
      if (!CORE.containsKey(room)) {
        continue;
      }
      for (Dependency use : type.getDirectDependenciesFromSelf()) {
        String used = room(use.getTargetClass());
        if (!used.isEmpty() && !used.equals(room) && !CORE.get(room).contains(used)) {
          found.computeIfAbsent(room, r -> new TreeSet<>()).add(used);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void modelsAreKnownToNobodyAndTheirLibraryToThemAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.writ.models")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.writ.models", "dev.langchain4j..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("dev.writ.models")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.writ.server..", "dev.writ.cli..", "dev.writ.operation..")
        .check(ALL);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.writ.(*)").should().beFreeOfCycles().check(ALL);
    slices()
        .matching("dev.writ.server.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void coreHasNoFilesSocketsThreadsOrClocks() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE.keySet().stream().map(r -> "dev.writ." + r).toArray(String[]::new))
        .or()
        .resideInAPackage("dev.writ.operation")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net.http..", "java.nio.file..", "java.sql..", "java.util.concurrent.locks..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, java.time.Clock.class, java.io.File.class)
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(ALL);
  }

  /** The room of core a class stands in: {@code dev.writ.ROOM}; empty for anything else. */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith("dev.writ.")) {
      return "";
    }
    String rest = name.substring("dev.writ.".length());
    return rest.contains(".") ? "" : rest;
  }
}
