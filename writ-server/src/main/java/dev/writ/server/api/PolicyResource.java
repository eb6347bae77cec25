package dev.writ.server.api;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.fact.Fact;
import dev.writ.ledger.Ledger;
import dev.writ.operation.Library;
import dev.writ.operation.PublishPolicies;
import dev.writ.operation.Refusal;
import dev.writ.policy.PolicySet;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.state.Government;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The published policy sets: admission and guardrails. */
public final class PolicyResource implements Resource {
  private final Ledger ledger;
  private final Library library;
  private final PublishPolicies publish;
  private final People people;

  public PolicyResource(Ledger ledger, Library library, PublishPolicies publish, People people) {
    this.ledger = ledger;
    this.library = library;
    this.publish = publish;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/v1/policies", this::list)
        .get("/v1/policies/{kind}", this::show)
        .post("/v1/policies/{kind}", this::publish)
        .post("/v1/policies/{kind}/check", this::check);
  }

  private static Parsed<Fact.PolicyKind> kind(String word) {
    for (Fact.PolicyKind kind : Fact.PolicyKind.values()) {
      if (word(kind).equals(word)) {
        return Parsed.ok(kind);
      }
    }
    return Parsed.refused("", "no such kind of policies", "choose admission or guardrails");
  }

  private static String word(Fact.PolicyKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Optional<Digest> inForce(Fact.PolicyKind kind) {
    Government government = ledger.published().government();
    return switch (kind) {
      case ADMISSION -> government.admission();
      case GUARDRAILS -> government.guardrails();
    };
  }

  private Answer list(Asked asked) {
    people.of(asked);
    List<Json.Obj> sets = new ArrayList<>();
    for (Fact.PolicyKind kind : Fact.PolicyKind.values()) {
      inForce(kind)
          .ifPresent(digest ->
              sets.add(
                  Json.object()
                      .put("kind", word(kind))
                      .put("policies", digest)
                      .put("count", library.policies(digest).policies().policies().size())
                      .build()));
    }
    return Answer.json(200, Json.object().put("sets", Json.array(sets)).build());
  }

  private Answer show(Asked asked) {
    people.of(asked);
    Fact.PolicyKind kind = Body.path(asked, "kind", PolicyResource::kind);
    Optional<Digest> digest = inForce(kind);
    if (digest.isEmpty()) {
      return ProblemDialect.answer(new Refusal.NotPublished(word(kind) + " policies"));
    }
    PolicySet set = library.policies(digest.get()).policies();
    return Answer.json(
        200,
        Json.object()
            .put("kind", word(kind))
            .put("policies", digest.get())
            .put("count", set.policies().size())
            .put("text", set.text())
            .build());
  }

  private Answer publish(Asked asked) {
    String by = people.of(asked);
    Fact.PolicyKind kind = Body.path(asked, "kind", PolicyResource::kind);
    return switch (publish.run(new PublishPolicies.Request(by, kind, text(asked)))) {
      case PublishPolicies.Reply.Published done ->
          Answer.json(
              201,
              Json.object()
                  .put("kind", word(done.kind()))
                  .put("policies", done.policies())
                  .put("count", done.count())
                  .build());
      case PublishPolicies.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private Answer check(Asked asked) {
    people.of(asked);
    Fact.PolicyKind kind = Body.path(asked, "kind", PolicyResource::kind);
    Optional<Digest> catalogue = ledger.published().government().catalogue();
    if (catalogue.isEmpty()) {
      return ProblemDialect.answer(new Refusal.NotPublished("catalogue"));
    }
    return switch (publish.check(kind, text(asked), catalogue.get())) {
      case Parsed.Ok<PolicySet>(PolicySet set) ->
          Answer.json(
              200,
              Json.object()
                  .put("kind", word(kind))
                  .put("policies", set.digest())
                  .put("count", set.policies().size())
                  .build());
      case Parsed.Refused<PolicySet>(List<Problem> problems) ->
          ProblemDialect.answer(new Refusal.InputInvalid(problems));
    };
  }

  private static String text(Asked asked) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Body.document(asked, Body.TEXT)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Refused(
          new HttpRefusal.Malformed(
              List.of(new Problem("", "the policies are not UTF-8", "save them as UTF-8"))));
    }
  }
}
