package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.operation.OfferNode;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Routes;

/** The codes by which further nodes join. */
public final class NodeResource implements Resource {
  private final OfferNode offer;
  private final People people;

  public NodeResource(OfferNode offer, People people) {
    this.offer = offer;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes.post("/v1/nodes/offers", this::offer);
  }

  private Answer offer(Asked asked) {
    String by = people.of(asked);
    Body.none(asked);
    return switch (offer.run(new OfferNode.Request(by))) {
      case OfferNode.Reply.Offered offered ->
          Answer.json(
              201,
              Json.object()
                  .put("code", offered.code())
                  .put("until", offered.until().toString())
                  .build());
      case OfferNode.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }
}
