package dev.writ.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Draft;
import dev.writ.draft.EmbeddedDrafter;
import dev.writ.draft.Prompt;
import dev.writ.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The catalogue that a page shows is one, and a prompt does with it what the page says. */
class CataloguePageTest {
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
  private static final Pattern PROMPT = Pattern.compile("(?s)\"(Let the reminder agent .*?)\"");

  private static String page() {
    return House.read(House.root().resolve("docs/catalogue.md"));
  }

  private static String one(Pattern pattern) {
    Matcher found = pattern.matcher(page());
    assertThat(found.find()).as(pattern.pattern()).isTrue();
    return found.group(1);
  }

  private static Catalogue catalogue() {
    return Catalogue.parse(one(YAML).getBytes(StandardCharsets.UTF_8)).orThrow();
  }

  @Test
  void theCatalogueShownIsOne() {
    assertThat(catalogue().tools()).hasSize(1);
    assertThat(Catalogue.parse(catalogue().canonicalForm()).orThrow()).isEqualTo(catalogue());
  }

  @Test
  void thePromptShownLeavesNothingOpen() {
    Catalogue catalogue = catalogue();
    Prompt prompt =
        new Prompt(
            one(PROMPT).replaceAll("\\s+", " "),
            "ada.byrne",
            Instant.parse("2026-11-18T09:00:00Z"));
    Draft draft = Draft.of(prompt, new EmbeddedDrafter(), catalogue);
    assertThat(draft.workflows()).hasSize(1);
    assertThat(draft.workflows().getFirst().open()).isEmpty();
    Spec spec = draft.toSpec(0, catalogue).orThrow();
    assertThat(spec.grants()).hasSize(1);
  }
}
