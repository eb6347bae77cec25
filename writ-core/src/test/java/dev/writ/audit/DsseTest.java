package dev.writ.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class DsseTest {
  private static final Dsse.Checking CHECKING =
      (encoded, signature) -> Ed25519Key.verify(Keys.LOG.publicKey(), encoded, signature);

  private static final Statement STATEMENT =
      new Statement(
          List.of(new Statement.Subject("spec", Digest.ofText("spec"))),
          "https://writ.dev/attestation/approval/v1",
          Json.object().put("role", "owner").build());

  @Test
  void theEncodingIsTheStandardsExample() {
    assertThat(Dsse.encoded("http://example.com/HelloWorld", "hello world".getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    assertThat(Dsse.encoded("", "è".getBytes(UTF_8))).asString(UTF_8).isEqualTo("DSSEv1 0  2 è");
  }

  @Test
  void aStatementReadsBackFromVerifiedBytes() {
    Dsse envelope = STATEMENT.sign("log", Keys.LOG::sign);
    Dsse read = Dsse.parse(envelope.json().canonical()).orThrow();
    byte[] payload = read.verified(Statement.PAYLOAD_TYPE, CHECKING).orThrow();
    assertThat(Statement.parse(payload).orThrow()).isEqualTo(STATEMENT);
  }

  @Test
  void urlSafeBase64IsReadToo() {
    byte[] payload = {(byte) 0xfb, (byte) 0xff, (byte) 0xfe};
    String json = text(Dsse.sign("t", payload, "", Keys.LOG::sign));
    assertThat(json).contains("+//+");
    String urlSafe = json.replace('+', '-').replace("/", "_");
    assertThat(Dsse.parse(urlSafe.getBytes(UTF_8)).orThrow().verified("t", CHECKING).orThrow())
        .isEqualTo(payload);
  }

  private static String text(Dsse envelope) {
    return new String(envelope.json().canonical(), UTF_8);
  }

  @Test
  void typeAndPayloadAreSignedTogether() {
    String good = text(Dsse.sign("type-a", "body".getBytes(UTF_8), "", Keys.LOG::sign));
    Dsse moved = Dsse.parse(good.replace("type-a", "type-b").getBytes(UTF_8)).orThrow();
    assertThat(moved.verified("type-b", CHECKING).problems()).hasSize(1);
    assertThat(moved.verified("type-a", CHECKING).problems()).hasSize(1);
    String body = Base64s.encode("body".getBytes(UTF_8));
    String other = Base64s.encode("bodY".getBytes(UTF_8));
    Dsse changed = Dsse.parse(good.replace(body, other).getBytes(UTF_8)).orThrow();
    assertThat(changed.verified("type-a", CHECKING).problems()).hasSize(1);
  }

  @Test
  void malformedEnvelopesAndStatementsAreRefused() {
    for (String wrong :
        List.of(
            "[]",
            "{}",
            "{\"payloadType\":\"t\",\"payload\":\"%\",\"signatures\":[{\"sig\":\"AA==\"}]}",
            "{\"payloadType\":\"t\",\"payload\":\"AA==\",\"signatures\":[]}",
            "{\"payloadType\":\"t\",\"payload\":\"AA==\",\"signatures\":[1]}",
            "{\"payloadType\":\"t\",\"payload\":\"AA==\",\"signatures\":[{\"sig\":\"A\"}]}")) {
      assertThat(Dsse.parse(wrong.getBytes(UTF_8)).problems()).as(wrong).hasSize(1);
    }
    String good = new String(STATEMENT.json().canonical(), UTF_8);
    for (String wrong :
        List.of(
            good.replace("v1\",\"pred", "v2\",\"pred"),
            good.replace("Statement/v1", "Statement/v0.1"),
            good.replace("sha256", "sha1"),
            good.replaceAll("\"subject\":\\[.*\\]", "\"subject\":[]"),
            good.replace("predicateType", "type"))) {
      boolean same = wrong.equals(good);
      assertThat(Statement.parse(wrong.getBytes(UTF_8)).problems().isEmpty()).isEqualTo(same);
    }
  }
}
