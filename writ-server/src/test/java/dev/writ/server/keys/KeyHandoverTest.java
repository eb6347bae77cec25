package dev.writ.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.EnrolmentId;
import dev.writ.base.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key files on their way to another node. */
class KeyHandoverTest {
  @TempDir Path folder;

  private KeyHandover handover(String name, long seed) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    Fixture fixture = new Fixture(own, seed);
    return fixture.create().handover(own.resolve("master.key"));
  }

  private static KeyTaking taking(String code, Fixture chance) {
    return KeyTaking.with(code, NodeId.fresh(chance.entropy)).orThrow();
  }

  private Fixture chance() throws IOException {
    return new Fixture(Files.createTempDirectory(folder, "chance"), 9);
  }

  @Test
  void whoeverHasTheCodeGetsTheFilesAsTheyAre() throws IOException {
    KeyHandover handover = handover("giving", 1);
    Fixture chance = chance();
    EnrolmentId offer = EnrolmentId.fresh(chance.entropy);
    KeyTaking taking = taking(handover.of(offer), chance);
    assertThat(handover.proves(taking.ask())).isTrue();
    KeyHandover.Given given = handover.give(taking.ask()).orElseThrow();
    Path keys = folder.resolve("taken.keys");
    Path masters = folder.resolve("taken.masters");
    taking.keep(given, keys, masters);
    assertThat(keys).hasSameBinaryContentAs(folder.resolve("giving/writ.keys"));
    assertThat(masters).hasSameBinaryContentAs(folder.resolve("giving/master.key"));
  }

  @Test
  void anotherCodeAnotherNodesKeyAndAChangedQuestionProveNothing() throws IOException {
    KeyHandover handover = handover("giving", 1);
    Fixture chance = chance();
    EnrolmentId offer = EnrolmentId.fresh(chance.entropy);
    String code = handover.of(offer);
    char last = code.charAt(code.length() - 1);
    String wrong = code.substring(0, code.length() - 1) + (last == '0' ? '1' : '0');
    assertThat(handover.proves(taking(wrong, chance).ask())).isFalse();
    assertThat(handover("other", 2).proves(taking(code, chance).ask())).isFalse();
    KeyHandover.Ask ask = taking(code, chance).ask();
    String own = taking(code, chance).ask().key();
    assertThat(handover.proves(new KeyHandover.Ask(offer, ask.node(), own, ask.proof()))).isFalse();
    NodeId node = NodeId.fresh(chance.entropy);
    assertThat(handover.proves(new KeyHandover.Ask(offer, node, ask.key(), ask.proof()))).isFalse();
    assertThat(handover.proves(new KeyHandover.Ask(offer, ask.node(), ask.key(), "no base 64")))
        .isFalse();
    assertThat(handover.proves(ask)).isTrue();
  }

  /** Who stands in between has no code, and so can neither read nor replace what is given. */
  @Test
  void whatIsGivenOpensForNobodyElse() throws IOException {
    KeyHandover handover = handover("giving", 1);
    Fixture chance = chance();
    EnrolmentId offer = EnrolmentId.fresh(chance.entropy);
    KeyTaking taking = taking(handover.of(offer), chance);
    KeyTaking listening = taking(offer + ".0000", chance);
    KeyHandover.Given given = handover.give(taking.ask()).orElseThrow();
    refused(listening, given);
    KeyHandover.Given forged = handover("forging", 2).give(taking.ask()).orElseThrow();
    refused(taking, forged);
    refused(taking, new KeyHandover.Given(forged.key(), given.box()));
    refused(taking, new KeyHandover.Given("", ""));
    assertThat(folder.resolve("none.keys")).doesNotExist();
  }

  @Test
  void whatIsNoPublicKeyIsGivenNothing() throws IOException {
    KeyHandover handover = handover("giving", 1);
    Fixture chance = chance();
    KeyHandover.Ask ask = taking(handover.of(EnrolmentId.fresh(chance.entropy)), chance).ask();
    for (String key : new String[] {"", "AAAA", "not base 64", "A".repeat(4_000)}) {
      assertThat(handover.give(new KeyHandover.Ask(ask.offer(), ask.node(), key, ""))).isEmpty();
    }
  }

  private void refused(KeyTaking taking, KeyHandover.Given given) {
    assertThatThrownBy(
            () -> taking.keep(given, folder.resolve("none.keys"), folder.resolve("none.masters")))
        .isInstanceOf(KeysRefused.class);
  }
}
