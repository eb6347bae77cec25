package dev.writ.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.operation.Refusal;
import dev.writ.server.http.HttpRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every refusal has a page that says what happened, why and what to do, and the index names it. */
class ProblemPagesTest {
  private static final Path FOLDER = House.root().resolve("docs/problems");
  private static final List<String> SECTIONS =
      List.of("## What happened", "## Why", "## What to do");

  @Test
  void everyRefusalHasAPage() {
    List<String> wrong = new ArrayList<>();
    String index = House.read(FOLDER.resolve("README.md"));
    for (String name : names()) {
      Path page = FOLDER.resolve(name + ".md");
      if (!Files.exists(page)) {
        wrong.add(name + ": docs/problems/" + name + ".md is missing");
        continue;
      }
      String text = House.read(page);
      if (!text.startsWith("# " + name + "\n") || !SECTIONS.stream().allMatch(text::contains)) {
        wrong.add(name + ": its page lacks its name or one of " + SECTIONS);
      }
      if (!index.contains("](" + name + ".md)")) {
        wrong.add(name + ": docs/problems/README.md does not list it");
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** As {@code name()} gives it, for records that cannot all be constructed here. */
  private static List<String> names() {
    return Stream.of(Refusal.class, HttpRefusal.class)
        .flatMap(sealed -> Stream.of(sealed.getPermittedSubclasses()))
        .map(type -> type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-"))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .toList();
  }

  @Test
  void namesAreThoseOfTheRefusals() {
    assertThat(names()).contains(new Refusal.NotFounded().name(), new Refusal.SpecOver().name());
  }
}
