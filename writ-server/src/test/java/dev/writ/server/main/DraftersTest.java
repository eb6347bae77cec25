package dev.writ.server.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.draft.EmbeddedDrafter;
import dev.writ.server.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DraftersTest {
  @Test
  void withoutAModelTheRulesDraftAndNothingIsLookedFor() {
    assertThat(Drafters.of(new Config.Drafting(Optional.empty())))
        .isInstanceOf(EmbeddedDrafter.class);
  }

  @Test
  void aKeyFileThatCannotBeReadRefusesTheStart() {
    Config.Model model =
        new Config.Model(
            Config.Provider.OPENAI,
            URI.create("http://127.0.0.1:1/v1"),
            "recorded",
            Optional.of(Path.of("no-such-folder", "key")),
            Duration.ofSeconds(1),
            Config.Switch.ON);
    // On a class path with no model at all, that is what is said first.
    assertThatThrownBy(() -> Drafters.of(new Config.Drafting(Optional.of(model))))
        .isInstanceOf(StartRefused.class)
        .hasMessageMatching(".*(cannot be read|is not installed)");
  }
}
