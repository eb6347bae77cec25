package dev.writ.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fact is written and read back, and no other bytes say the same. */
class FactCodecTest {
  private static java.util.List<Class<? extends Fact>> types() {
    return FactSamples.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void isReadBackAsItWasWritten(Class<? extends Fact> type) {
    for (long seed = 0; seed < 60; seed++) {
      RecordedFact recorded = new FactSamples(seed).recorded(type);
      Entry entry = Entry.of(recorded);
      Entry read = Entry.parse(entry.bytes()).orThrow();
      assertThat(read.recorded()).isEqualTo(recorded);
      assertThat(read.leaf()).isEqualTo(entry.leaf());
      assertThat(FactCodec.parseFact(FactCodec.writeFact(recorded.fact())).orThrow())
          .isEqualTo(recorded.fact());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void isWrittenAsTheJsonTreeSaysCanonically(Class<? extends Fact> type) {
    for (long seed = 100; seed < 130; seed++) {
      RecordedFact recorded = new FactSamples(seed).recorded(type);
      byte[] bytes = Entry.of(recorded).bytes();
      assertThat(new String(bytes, StandardCharsets.UTF_8))
          .isEqualTo(new String(FactCodec.write(recorded).canonical(), StandardCharsets.UTF_8));
      Json parsed = Json.parse(bytes, Json.Bounds.FACT).orThrow();
      assertThat(parsed.canonical()).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void noFlippedByteSaysTheSame(Class<? extends Fact> type) {
    SplittableRandom bits = new SplittableRandom(7);
    RecordedFact recorded = new FactSamples(3).recorded(type);
    Entry entry = Entry.of(recorded);
    for (int i = 0; i < entry.bytes().length; i++) {
      byte[] flipped = entry.bytes().clone();
      flipped[i] ^= (byte) (1 << bits.nextInt(8));
      assertThat(Entry.leafHash(flipped)).isNotEqualTo(entry.leaf());
      Parsed<Entry> read = Entry.parse(flipped);
      read.found().ifPresent(other -> assertThat(other.recorded()).isNotEqualTo(recorded));
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void noCutOrLongerEntryIsRead(Class<? extends Fact> type) {
    byte[] bytes = Entry.of(new FactSamples(4).recorded(type)).bytes();
    for (int length = 0; length < bytes.length; length += 7) {
      assertThat(Entry.parse(Arrays.copyOf(bytes, length)).found()).isEmpty();
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = ' ';
    assertThat(Entry.parse(longer).found()).isEmpty();
  }

  @Test
  void unknownMembersTypesAndVersionsAreRefused() {
    String entry =
        new String(
            Entry.of(new FactSamples(5).recorded(Fact.CataloguePublished.class)).bytes(),
            StandardCharsets.UTF_8);
    assertRefused(entry.replace("\"v\":1}", "\"v\":2}"));
    assertRefused(entry.replace("\"v\":1}", "\"v\":1,\"w\":0}"));
    assertRefused(entry.replace("CataloguePublished", "CatalogueForgotten"));
    assertRefused(entry.replace("\"body\":{", "\"body\":{\"a\":1,"));
    assertRefused(entry.replace("\"previous\":{", "\"previous\":{\"a\":1,"));
    assertRefused(" " + entry);
  }

  private static void assertRefused(String entry) {
    assertThat(Entry.parse(entry.getBytes(StandardCharsets.UTF_8)).problems()).isNotEmpty();
  }

  @Test
  void theLongestEntryIsWrittenAndOneByteMoreIsNot() {
    RecordedFact recorded = new FactSamples(6).recorded(Fact.CommandRefused.class);
    int frame = Entry.of(with(recorded, "")).bytes().length;
    Entry longest = Entry.of(with(recorded, "x".repeat(Entry.LONGEST - frame)));
    assertThat(longest.bytes()).hasSize(Entry.LONGEST);
    assertThat(Entry.parse(longest.bytes()).orThrow().recorded()).isEqualTo(longest.recorded());
    assertThatThrownBy(() -> Entry.of(with(recorded, "x".repeat(Entry.LONGEST - frame + 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textWithoutCanonicalFormIsNotWritten() {
    RecordedFact recorded = new FactSamples(6).recorded(Fact.CommandRefused.class);
    assertThatThrownBy(() -> Entry.of(with(recorded, "\ud800")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RecordedFact with(RecordedFact recorded, String operation) {
    FactDraft draft =
        new FactDraft(
            recorded.by(),
            recorded.about(),
            recorded.draft().command(),
            new Fact.CommandRefused(operation, "problem"));
    return new RecordedFact(recorded.position(), recorded.at(), recorded.previous(), draft);
  }
}
