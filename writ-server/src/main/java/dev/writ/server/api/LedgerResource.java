package dev.writ.server.api;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.ledger.Ledger;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.Routes;
import dev.writ.state.Government;
import dev.writ.state.State;
import java.util.Locale;
import java.util.Optional;

/** What anybody may know of the ledger, and whether this node can answer. */
public final class LedgerResource implements Resource {
  private final Ledger ledger;
  private final Witnessed witnesses;

  /** Who witnesses the log and up to where. */
  @FunctionalInterface
  public interface Witnessed {
    /** Empty when nobody is configured. */
    Optional<Json.Obj> status(long entries);
  }

  public LedgerResource(Ledger ledger, Witnessed witnesses) {
    this.ledger = ledger;
    this.witnesses = witnesses;
  }

  @Override
  public void open(Routes routes) {
    routes.get("/v1/ledger", this::show).get("/v1/health", this::health);
  }

  private Answer show(Asked asked) {
    State state = ledger.published();
    Government government = state.government();
    Json.Builder json = Json.object().put("founded", government.founding().isPresent());
    government
        .founding()
        .ifPresent(f ->
            json.put("mode", f.mode().name().toLowerCase(Locale.ROOT))
                .put("issuer", f.issuer())
                .put("founder", f.founder()));
    json.put("origin", state.log().origin())
        .put("epoch", state.log().epoch())
        .put("entries", state.size());
    digest(json, "catalogue", government.catalogue());
    digest(json, "admission", government.admission());
    digest(json, "guardrails", government.guardrails());
    witnesses.status(state.size()).ifPresent(w -> json.put("witnesses", w));
    return Answer.json(200, json.build());
  }

  private static void digest(Json.Builder json, String name, Optional<Digest> digest) {
    digest.ifPresent(d -> json.put(name, d));
  }

  /** Asks the database: a node that cannot decide is not healthy. */
  private Answer health(Asked asked) {
    State state = ledger.confirmed();
    return Answer.json(200, Json.object().put("ok", true).put("entries", state.size()).build());
  }
}
