package dev.writ.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Forms of strangers. */
class FormTest {
  private static Parsed<Form> parse(String text) {
    return Form.parse(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void parametersKeepTheirOrderAndEmptyOnesAreLeftOut() {
    Form form = parse("b=1&a=%C3%A4+x&b=2&c=&d&=e").orThrow();
    assertThat(form.names()).containsExactly("b", "a", "");
    assertThat(form.all("b")).containsExactly("1", "2");
    assertThat(form.one("a")).contains("ä x");
    assertThat(form.one("c")).isEmpty();
    assertThat(form.repeated(Set.of())).hasSize(1);
    assertThat(form.repeated(Set.of("b"))).isEmpty();
  }

  @Test
  void whatIsNoFormIsRefused() {
    for (String bad : List.of("a=%", "a=%4", "a=%zz", "%ff=1", "a=%C3", "a=\u00ff")) {
      assertThat(parse(bad).problems()).as(bad).isNotEmpty();
    }
    assertThat(parse("a=1&".repeat(Form.MOST)).problems()).isEmpty();
    assertThat(parse("a=1&".repeat(Form.MOST + 1)).problems()).isNotEmpty();
  }

  @Test
  void noBytesMakeItThrow() {
    Random random = new Random(5);
    String likely = "%&=+aF09;\u00c3";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(likely.charAt(random.nextInt(likely.length())));
      }
      assertThat(parse(text.toString())).isNotNull();
    }
  }
}
