package dev.writ.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.fact.Fact;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/formats.md lists every fact that a ledger can hold. */
class FormatsPageTest {
  @Test
  void everyFactIsOnThePage() {
    String page = House.read(House.root().resolve("docs/reference/formats.md"));
    List<String> missing =
        Stream.of(Fact.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .filter(name -> !page.contains("\n| `" + name + "` | `"))
            .toList();
    assertThat(missing).isEmpty();
  }
}
