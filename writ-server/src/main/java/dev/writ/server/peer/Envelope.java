package dev.writ.server.peer;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.server.keys.PeerSeal;
import dev.writ.server.upstream.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What goes over the wire between nodes: a box, and who sealed it when. A question is bound to the
 * node it is for, an answer to the question's box, so that neither can be put in another's place.
 */
final class Envelope {
  /** Longest envelope, in bytes. */
  static final int LONGEST = 4 << 20;

  private static final Json.Bounds OUTER = new Json.Bounds(LONGEST, 2, 8, false);
  private static final Json.Bounds INNER = new Json.Bounds(LONGEST, 64, 400_000, false);
  private static final int SECONDS_AN_HOUR = 3_600;

  private final PeerSeal seal;

  Envelope(PeerSeal seal) {
    this.seal = seal;
  }

  /** An envelope that was opened; {@code box} is what an answer to it is bound to. */
  record Opened(NodeId from, Json.Obj inside, Digest box) {}

  /** An envelope as text, and its box's digest. */
  record Closed(String text, Digest box) {}

  Closed question(NodeId from, NodeId to, Instant now, Json.Obj inside) {
    return close(from, now, "question\n" + to, inside);
  }

  Closed answer(NodeId from, Digest question, Instant now, Json.Obj inside) {
    return close(from, now, "answer\n" + question, inside);
  }

  private Closed close(NodeId from, Instant now, String bound, Json.Obj inside) {
    PeerSeal.Sender sender = new PeerSeal.Sender(from, now.getEpochSecond() / SECONDS_AN_HOUR);
    byte[] box = seal.seal(sender, bound, WireJson.bytes(inside));
    String text =
        WireJson.text(
            Json.object()
                .put("from", from.value())
                .put("hour", sender.hour())
                .put("box", Base64.getEncoder().encodeToString(box))
                .build());
    return new Closed(text, Digest.sha256(box));
  }

  /** A question to this node; empty when it is none. */
  Optional<Opened> openQuestion(byte[] text, NodeId self) {
    return open(text, "question\n" + self);
  }

  /** The answer of that node to that question; empty when it is none. */
  Optional<Opened> openAnswer(String text, NodeId from, Digest question) {
    return open(text.getBytes(StandardCharsets.UTF_8), "answer\n" + question)
        .filter(opened -> opened.from().equals(from));
  }

  private Optional<Opened> open(byte[] text, String bound) {
    Optional<Json.Obj> outer = Json.parseObject(text, OUTER).found();
    Optional<NodeId> from =
        outer.flatMap(o -> o.text("from")).flatMap(f -> NodeId.parse(f).found());
    Optional<Long> hour = outer.flatMap(o -> o.integer("hour"));
    Optional<byte[]> box = outer.flatMap(o -> o.text("box")).flatMap(Envelope::decode);
    if (from.isEmpty() || hour.isEmpty() || box.isEmpty()) {
      return Optional.empty();
    }
    return seal.open(new PeerSeal.Sender(from.get(), hour.get()), bound, box.get())
        .flatMap(plain -> Json.parseObject(plain, INNER).found())
        .map(inside -> new Opened(from.get(), inside, Digest.sha256(box.get())));
  }

  private static Optional<byte[]> decode(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
