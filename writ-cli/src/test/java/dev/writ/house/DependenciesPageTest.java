package dev.writ.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/dependencies.md has a reason and a removal plan for every library of every module. */
class DependenciesPageTest {
  private static final Pattern ARTIFACT =
      Pattern.compile("<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)<");

  @Test
  void everyLibraryIsOnThePage() {
    String page = House.read(House.root().resolve("docs/dependencies.md"));
    List<String> missing = new ArrayList<>();
    int libraries = 0;
    for (String module :
        List.of("writ-core", "writ-models", "writ-server", "writ-cli", "writ-sim")) {
      String pom = House.read(House.root().resolve(module).resolve("pom.xml"));
      for (MatchResult dependency : ARTIFACT.matcher(pom).results().toList()) {
        if (!dependency.group(1).equals("dev.writ")) {
          libraries++;
          if (!page.contains(dependency.group(2))) {
            missing.add(module + ": " + dependency.group(2));
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(libraries).isGreaterThan(20);
  }
}
