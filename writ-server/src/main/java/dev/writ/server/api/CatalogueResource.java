package dev.writ.server.api;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.Catalogue;
import dev.writ.form.Yaml;
import dev.writ.ledger.Ledger;
import dev.writ.operation.Library;
import dev.writ.operation.PublishCatalogue;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import java.util.List;
import java.util.Optional;

/** The catalogue in force, and publishing another. */
public final class CatalogueResource implements Resource {
  private final Ledger ledger;
  private final Library library;
  private final PublishCatalogue publish;
  private final People people;

  public CatalogueResource(
      Ledger ledger, Library library, PublishCatalogue publish, People people) {
    this.ledger = ledger;
    this.library = library;
    this.publish = publish;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes.get("/v1/catalogue", this::show).post("/v1/catalogue", this::publish);
  }

  private Answer show(Asked asked) {
    people.of(asked);
    Optional<Digest> digest = ledger.published().government().catalogue();
    if (digest.isEmpty()) {
      return ProblemDialect.answer(new Refusal.NotPublished("catalogue"));
    }
    Catalogue catalogue = library.catalogue(digest.get());
    return Answer.json(
        200,
        Json.object()
            .put("catalogue", digest.get())
            .put("text", Yaml.text(catalogue.canonicalForm()))
            .build());
  }

  private Answer publish(Asked asked) {
    String by = people.of(asked);
    Catalogue catalogue =
        switch (Catalogue.parse(Body.document(asked, Body.YAML))) {
          case Parsed.Ok<Catalogue>(Catalogue parsed) -> parsed;
          case Parsed.Refused<Catalogue>(List<Problem> problems) ->
              throw new Refused(new HttpRefusal.Malformed(problems));
        };
    return switch (publish.run(new PublishCatalogue.Request(by, catalogue))) {
      case PublishCatalogue.Reply.Published(Digest digest) ->
          Answer.json(201, Json.object().put("catalogue", digest).build());
      case PublishCatalogue.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }
}
