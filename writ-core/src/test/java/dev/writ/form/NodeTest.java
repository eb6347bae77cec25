package dev.writ.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeTest {
  private static Parsed<Node> read(String yaml) {
    return Node.yaml(yaml.getBytes(UTF_8), Node.Bounds.SPEC);
  }

  private static String json(String yaml) {
    return new String(read(yaml).orThrow().toJson(new Problems()).canonical(), UTF_8);
  }

  private static List<Problem> problems(String yaml) {
    return read(yaml).problems();
  }

  @Test
  void plainWordsAreWhatEveryToolTakesThemFor() {
    assertThat(json("a: 1\nb: [true, null, ~, x y, '1', \"\\ud83c\\udf05\", -0.5, 1e3]\n"))
        .isEqualTo("{\"a\":1,\"b\":[true,null,null,\"x y\",\"1\",\"\ud83c\udf05\",-0.5,1000]}");
    for (String doubtful : List.of("Yes", "NO", "0x1F", "007", "+1", ".5", "1_000", "True", "-0")) {
      Problems problems = new Problems();
      read("a: " + doubtful).orThrow().toJson(problems);
      assertThat(problems.list()).as(doubtful).hasSize(1);
      assertThat(problems.list().getFirst().place()).isEqualTo("a (line 1, column 4)");
    }
  }

  @Test
  void whatCouldMeanSomethingElseToAReaderIsRefused() {
    assertThat(problems("a: &x 1\nb: *x")).hasSize(1);
    assertThat(problems("a: !!str 1")).hasSize(1);
    assertThat(problems("%YAML 1.2\n---\na: 1")).hasSize(1);
    assertThat(problems("a: 1\n---\nb: 2")).hasSize(1);
    assertThat(problems("? [a]\n: 1")).hasSize(1);
    assertThat(problems("")).hasSize(1);
    assertThat(problems("a: [1")).hasSize(1);
    assertThat(problems("a: \"\\ud83c\"")).hasSize(1);
    assertThat(problems("<<: {a: 1}")).isEmpty();
    assertThat(problems("a: 1\na: 2\nb: {c: 1, c: 2}")).hasSize(2);
    assertThat(problems("a: 1\na: 2").getFirst().place()).isEqualTo("a (line 2, column 1)");
  }

  @Test
  void boundsHoldAtTheLimitAndRefuseOneBeyond() {
    int depth = Node.Bounds.SPEC.depth();
    assertThat(problems("[".repeat(depth) + "1" + "]".repeat(depth))).isEmpty();
    assertThat(problems("[".repeat(depth + 1) + "1" + "]".repeat(depth + 1))).hasSize(1);
    int nodes = Node.Bounds.SPEC.nodes();
    assertThat(problems("[" + "1,".repeat(nodes - 2) + "1]")).isEmpty();
    assertThat(problems("[" + "1,".repeat(nodes - 1) + "1]")).hasSize(1);
    int bytes = Node.Bounds.SPEC.bytes();
    assertThat(problems("a" + " ".repeat(bytes - 1))).isEmpty();
    assertThat(problems("a" + " ".repeat(bytes))).hasSize(1);
  }

  @Test
  void printedTextIsReadBackAsTheSameValue() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Json.Builder out = Json.object();
      for (int k = 0; k < 1 + random.nextInt(5); k++) {
        out.put("k" + k + text(random, 3), value(random, 3));
      }
      Json.Obj value = out.build();
      String yaml = Yaml.text(value);
      assertThat(json(yaml)).as(yaml).isEqualTo(new String(value.canonical(), UTF_8));
    }
  }

  @Test
  void noBytesMakeTheReaderThrow() {
    Random random = new Random(11);
    String alphabet = "ab:- \n\t[]{},'\"#&*!|>%@`?~0123.<\\\u0000\u00e9\u2028\ufeff";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      read(text.toString());
    }
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      Node.yaml(bytes, Node.Bounds.SPEC);
    }
  }

  private static Json value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 -> Json.of(random.nextLong(-1_000, 1_000));
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> new Json.Null();
      case 3, 4 -> Json.of(text(random, 12));
      case 5 -> {
        Json.Builder out = Json.object();
        for (int k = random.nextInt(4); k > 0; k--) {
          out.put(text(random, 4) + k, value(random, depth - 1));
        }
        yield out.build();
      }
      default -> {
        List<Json> items = new java.util.ArrayList<>();
        for (int k = random.nextInt(6); k > 0; k--) {
          items.add(value(random, depth - 1));
        }
        yield Json.array(items);
      }
    };
  }

  private static String text(Random random, int longest) {
    String alphabet = "abY0159 :-#,[]{}'\"\\\n\t./@\u00e9\u202e\u2028\ufeff~?*&!|>%";
    StringBuilder out = new StringBuilder();
    for (int n = random.nextInt(longest + 1); n > 0; n--) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return random.nextInt(20) == 0 ? "true" : out.toString();
  }
}
