package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.operation.EnrolKey;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import java.time.InstantSource;
import java.util.List;

/** A workload shows its one-time code, proves that it holds a key, and has it enrolled. */
public final class EnrolmentResource implements Resource {
  private static final String PATH = "/v1/enrolments";

  private final EnrolKey enrol;
  private final Possession possession;

  /**
   * @param url the API's public URL
   */
  public EnrolmentResource(EnrolKey enrol, String url, InstantSource clock) {
    this.enrol = enrol;
    this.possession = new Possession(url + PATH, clock);
  }

  @Override
  public void open(Routes routes) {
    routes.post(PATH, this::enrol);
  }

  private Answer enrol(Asked asked) {
    String code = Body.members(asked, f -> f.requiredText("code"));
    String proof =
        asked
            .header("DPoP")
            .orElseThrow(() ->
                malformed(
                    List.of(
                        new Problem(
                            "DPoP",
                            "the header is missing",
                            "prove that you hold the key with a DPoP proof (RFC 9449)"))));
    return switch (possession.check(proof, code)) {
      case Parsed.Refused<Possession.Held>(List<Problem> problems) -> throw malformed(problems);
      case Parsed.Ok<Possession.Held>(Possession.Held held) -> enrol(code, held);
    };
  }

  private Answer enrol(String code, Possession.Held held) {
    return switch (enrol.run(new EnrolKey.Request(code, held.jwk(), held.thumbprint()))) {
      case EnrolKey.Reply.Enrolled enrolled ->
          Answer.json(
              201,
              Json.object()
                  .put("key", enrolled.key().value())
                  .put("workload", enrolled.workload())
                  .put("thumbprint", held.thumbprint())
                  .put("until", enrolled.until().toString())
                  .build());
      case EnrolKey.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private static Refused malformed(List<Problem> problems) {
    return new Refused(new HttpRefusal.Malformed(problems));
  }
}
