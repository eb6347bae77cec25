package dev.writ.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonTest {
  private static Parsed<Json> parse(String text) {
    return Json.parse(text.getBytes(UTF_8), Json.Bounds.REQUEST);
  }

  private static String canonical(String text) {
    return new String(parse(text).orThrow().canonical(), UTF_8);
  }

  @Test
  void canonicalBytesSortNamesByUtf16AndEscapeLittle() {
    assertThat(
            canonical(
                "{\"b\":1, \"a\":[true,null,\"x\\u000f\\n/\"], \"\\ud83d\\ude00\":2,"
                    + " \"\\ufb33\":3}"))
        .isEqualTo("{\"a\":[true,null,\"x\\u000f\\n/\"],\"b\":1,\"\ud83d\ude00\":2,\"\ufb33\":3}");
  }

  @Test
  void realsAreWrittenAsEcmaScriptWritesThem() {
    // The samples of RFC 8785, appendix B.
    assertThat(JsonWriter.ecmaScript(Double.longBitsToDouble(0x0000000000000001L)))
        .isEqualTo("5e-324");
    assertThat(JsonWriter.ecmaScript(Double.longBitsToDouble(0x7fefffffffffffffL)))
        .isEqualTo("1.7976931348623157e+308");
    assertThat(JsonWriter.ecmaScript(Double.longBitsToDouble(0x44b52d02c7e14af5L)))
        .isEqualTo("9.999999999999997e+22");
    assertThat(JsonWriter.ecmaScript(Double.longBitsToDouble(0x44b52d02c7e14af6L)))
        .isEqualTo("1e+23");
    assertThat(JsonWriter.ecmaScript(Double.longBitsToDouble(0x444b1ae4d6e2ef50L)))
        .isEqualTo("1e+21");
    assertThat(JsonWriter.ecmaScript(Double.longBitsToDouble(0x3eb0c6f7a0b5ed8dL)))
        .isEqualTo("0.000001");
    assertThat(JsonWriter.ecmaScript(Double.longBitsToDouble(0x41b3de4355555553L)))
        .isEqualTo("333333333.3333332");
    assertThat(JsonWriter.ecmaScript(-0.0)).isEqualTo("0");
    assertThat(JsonWriter.ecmaScript(-1.5)).isEqualTo("-1.5");
    assertThat(JsonWriter.ecmaScript(100.0)).isEqualTo("100");
  }

  @Test
  void strangersAreRefusedWithAPlace() {
    assertThat(parse("{\"a\":1,\"a\":2}").problems()).hasSize(1);
    assertThat(parse("{\"a\":1} x").problems()).hasSize(1);
    assertThat(parse("").problems()).hasSize(1);
    assertThat(parse("{\"a\":").problems()).hasSize(1);
    assertThat(parse("\"\\ud800\"").problems()).hasSize(1);
    assertThat(parse("NaN").problems()).hasSize(1);
    assertThat(parse("1e999").problems()).hasSize(1);
    assertThat(parse("9007199254740992").problems().get(0).remedy())
        .isEqualTo("send it as a string");
    assertThat(parse("9007199254740991").problems()).isEmpty();
    assertThat(parse("[1,\n 2,,]").problems().get(0).place()).startsWith("line 2");
    assertThat(Json.parse(new byte[] {(byte) 0xff}, Json.Bounds.REQUEST).problems()).hasSize(1);
  }

  @Test
  void boundsHoldAtTheLimitAndOneBeyond() {
    Json.Bounds bounds = new Json.Bounds(20, 3, 5, true);
    assertThat(Json.parse("[[[1]]]".getBytes(UTF_8), bounds).problems()).isEmpty();
    assertThat(Json.parse("[[[[1]]]]".getBytes(UTF_8), bounds).problems()).hasSize(1);
    assertThat(Json.parse("[1,2,3,4]".getBytes(UTF_8), bounds).problems()).isEmpty();
    assertThat(Json.parse("[1,2,3,4,5]".getBytes(UTF_8), bounds).problems()).hasSize(1);
    assertThat(Json.parse("\"123456789012345678\"".getBytes(UTF_8), bounds).problems()).isEmpty();
    assertThat(Json.parse("\"1234567890123456789\"".getBytes(UTF_8), bounds).problems()).hasSize(1);
  }

  @Test
  void whatHasNoCanonicalFormIsABug() {
    assertThatThrownBy(() -> new Json.Int(1L << 53).canonical())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Json.Str("\ud800").canonical())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsCarryTheirKind() {
    TaskId id = TaskId.fresh(bytes -> bytes[15] = 31);
    assertThat(id.value()).isEqualTo("tsk_0000000000000000000000000z");
    assertThat(TaskId.parse(id.value()).orThrow()).isEqualTo(id);
    assertThat(TokenId.parse(id.value()).problems()).hasSize(1);
    assertThat(TaskId.parse("tsk_0000000000000000000000000i").problems()).hasSize(1);
  }
}
