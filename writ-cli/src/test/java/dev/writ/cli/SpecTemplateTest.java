package dev.writ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.spec.Spec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SpecTemplateTest {
  @Test
  void theSpecToStartFromIsOne() {
    String text = SpecCommands.TEMPLATE.replace("UNTIL", "2030-01-01T00:00:00Z");
    assertThat(Spec.parse(text.getBytes(StandardCharsets.UTF_8)).problems()).isEmpty();
  }
}
