package dev.writ.server.peer;

import dev.writ.base.EnrolmentId;
import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.Problem;
import dev.writ.operation.JoinNode;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.Door;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.server.http.StrangerLog;
import dev.writ.server.keys.KeyHandover;
import java.util.List;
import java.util.Optional;

/** Where a new node shows that it has a code, and is given the key files sealed to it alone. */
public final class JoinDoor implements Door {
  /** The door's path. */
  public static final String PATH = "/node/join";

  private final JoinNode join;
  private final KeyHandover handover;
  private final StrangerLog strangers;

  /**
   * @param strangers counts those whose code was refused
   */
  public JoinDoor(JoinNode join, KeyHandover handover, StrangerLog strangers) {
    this.join = join;
    this.handover = handover;
    this.strangers = strangers;
  }

  @Override
  public String name() {
    return "join";
  }

  @Override
  public Dialect dialect() {
    return Dialect.PROBLEM;
  }

  @Override
  public void open(Routes routes) {
    routes.post(PATH, this::join);
  }

  private Answer join(Asked asked) {
    KeyHandover.Ask ask = ask(asked.json());
    if (!handover.proves(ask)) {
      return refused(new Refusal.JoinInvalid());
    }
    return switch (join.run(new JoinNode.Request(ask.offer(), ask.node()))) {
      // The fact that it joined is durable: only now may the files leave.
      case JoinNode.Reply.Joined joined -> given(ask);
      case JoinNode.Reply.Refused(Refusal why) -> refused(why);
    };
  }

  private Answer given(KeyHandover.Ask ask) {
    return handover
        .give(ask)
        .map(given ->
            Answer.json(201, Json.object().put("key", given.key()).put("box", given.box()).build()))
        .orElseThrow(() -> malformed("`key` is no X25519 public key"));
  }

  private Answer refused(Refusal why) {
    strangers.refused(name(), why.name());
    return ProblemDialect.answer(why);
  }

  private static KeyHandover.Ask ask(Json.Obj json) {
    Optional<EnrolmentId> offer = json.text("offer").flatMap(t -> EnrolmentId.parse(t).found());
    Optional<NodeId> node = json.text("node").flatMap(t -> NodeId.parse(t).found());
    Optional<String> key = json.text("key");
    Optional<String> proof = json.text("proof");
    if (offer.isEmpty() || node.isEmpty() || key.isEmpty() || proof.isEmpty()) {
      throw malformed("not `offer`, `node`, `key` and `proof`");
    }
    return new KeyHandover.Ask(offer.get(), node.get(), key.get(), proof.get());
  }

  private static Refused malformed(String what) {
    return new Refused(
        new HttpRefusal.Malformed(List.of(new Problem("", what, "use `writ node join`"))));
  }
}
