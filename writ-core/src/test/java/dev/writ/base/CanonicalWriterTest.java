package dev.writ.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Bytes written directly are those of the tree. */
class CanonicalWriterTest {
  @Test
  void writesWhatTheTreeSays() {
    for (long seed = 0; seed < 3_000; seed++) {
      long drawn = seed;
      Json.Obj tree = Json.object(drawn, (out, s) -> members(out, new SplittableRandom(s), 0));
      byte[] bytes =
          CanonicalWriter.write(drawn, (out, s) -> members(out, new SplittableRandom(s), 0));
      assertThat(new String(bytes, StandardCharsets.UTF_8))
          .isEqualTo(new String(tree.canonical(), StandardCharsets.UTF_8));
    }
  }

  private static void members(JsonSink out, SplittableRandom random, int depth) {
    TreeSet<String> names = new TreeSet<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      names.add(text(random));
    }
    for (String name : names) {
      switch (random.nextInt(depth < 3 ? 8 : 5)) {
        case 0 -> out.put(name, text(random));
        case 1 -> out.put(name, random.nextLong(-Json.MAX_SAFE_INTEGER, Json.MAX_SAFE_INTEGER + 1));
        case 2 -> out.put(name, random.nextBoolean());
        case 3 -> out.put(name, Digest.ofText(text(random)));
        case 4 -> out.put(name, random.nextInt(20) - 10L);
        case 5 -> out.put(name, random.split(), (inner, r) -> members(inner, r, depth + 1));
        case 6 -> out.strings(name, List.of(text(random), text(random)));
        default -> {
          List<SplittableRandom> items = new ArrayList<>();
          for (int i = random.nextInt(3); i > 0; i--) {
            items.add(random.split());
          }
          out.objects(name, items, (inner, r) -> members(inner, r, depth + 1));
        }
      }
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int c =
          switch (random.nextInt(6)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> random.nextInt(0x80, 0x800);
            case 2 -> random.nextInt(0xe000, 0x1_0000);
            case 3 -> random.nextInt(0x1_0000, 0x11_0000);
            default -> random.nextInt(0x20, 0x80);
          };
      out.appendCodePoint(c);
    }
    return out.toString();
  }

  @Test
  void membersOutOfOrderAreABug() {
    assertThatThrownBy(() -> CanonicalWriter.write(0, (out, x) -> out.put("b", 1).put("a", 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalWriter.write(0, (out, x) -> out.put("a", 1).put("a", 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesWithoutCanonicalFormAreRefused() {
    assertThatThrownBy(() -> CanonicalWriter.write(0, (out, x) -> out.put("a", 1L << 53)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalWriter.write(0, (out, x) -> out.put("a", "x\udc00")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(CanonicalWriter.write(0, (out, x) -> out.put("a", -Json.MAX_SAFE_INTEGER)))
        .isEqualTo("{\"a\":-9007199254740991}".getBytes(StandardCharsets.UTF_8));
  }
}
