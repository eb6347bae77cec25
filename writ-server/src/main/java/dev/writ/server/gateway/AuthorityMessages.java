package dev.writ.server.gateway;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.time.Duration;
import java.util.List;

/** Questions to an authority as JSON values, for whoever carries them to another node. */
public final class AuthorityMessages {
  private static final String ASK = "ask";
  private static final String DECIDE = "decide";
  private static final String RECORD = "record";

  private AuthorityMessages() {}

  /** A call that wants a decision. */
  public static Json.Obj decide(CallQuestion question) {
    return Json.object().put(ASK, DECIDE).put("question", AuthorityWire.question(question)).build();
  }

  /** Outcomes that want to be recorded. */
  public static Json.Obj record(List<CallOutcome> outcomes) {
    return Json.object().put(ASK, RECORD).put("outcomes", AuthorityWire.outcomes(outcomes)).build();
  }

  /** Puts a message to the authority. Throws {@link AuthorityDown}. */
  public static Json.Obj answer(Authority authority, Json.Obj message) {
    Parsed<Json.Obj> answer =
        switch (message.text(ASK).orElse("")) {
          case DECIDE ->
              AuthorityWire.question(part(message, "question"))
                  .map(q -> AuthorityWire.decided(authority.decide(q)));
          case RECORD ->
              AuthorityWire.outcomes(part(message, "outcomes"))
                  .map(outcomes -> {
                    authority.record(outcomes);
                    return Json.object().put("recorded", outcomes.size()).build();
                  });
          default -> Parsed.refused(ASK, "an unknown question", "update all nodes");
        };
    return answer
        .found()
        .orElseThrow(() -> new AuthorityDown("the message is not understood", Duration.ZERO));
  }

  private static Json.Obj part(Json.Obj message, String name) {
    return message.object(name).orElseGet(() -> Json.object().build());
  }

  /** The answer to {@link #decide}. */
  public static Parsed<Decided> decided(Json.Obj answer) {
    return AuthorityWire.decided(answer);
  }

  /** Whether an answer is one to {@link #record} of so many. */
  public static boolean recorded(Json.Obj answer, int outcomes) {
    return answer.integer("recorded").filter(n -> n == outcomes).isPresent();
  }
}
