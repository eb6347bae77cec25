package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.ledger.Ledger;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import java.util.List;
import java.util.Locale;

/** Signing in for development, and who is signed in. */
public final class SessionResource implements Resource {
  /** What every development sign-in says. */
  static final String WARNING =
      "Development sign-in: nobody checked who you are. A production ledger refuses it.";

  /** Whether this server lets people sign in without proof. */
  public enum Development {
    ON,
    OFF
  }

  private final Ledger ledger;
  private final Sessions sessions;
  private final People people;
  private final Development development;

  public SessionResource(Ledger ledger, Sessions sessions, People people, Development development) {
    this.ledger = ledger;
    this.sessions = sessions;
    this.people = people;
    this.development = development;
  }

  @Override
  public void open(Routes routes) {
    routes.post("/v1/sessions", this::begin).get("/v1/me", this::me);
  }

  private Answer begin(Asked asked) {
    String person = Body.members(asked, f -> f.requiredId("person"));
    boolean production =
        ledger
            .published()
            .government()
            .founding()
            .filter(f -> f.mode() == Fact.Mode.PRODUCTION)
            .isPresent();
    if (development == Development.OFF || production) {
      throw new Refused(
          new HttpRefusal.Unauthenticated("this server takes no development sign-in"));
    }
    Sessions.Begun begun = sessions.begin(person);
    return Answer.json(
        201,
        Json.object()
            .put("person", person)
            .put("token", begun.token())
            .put("until", begun.until().toString())
            .put("warning", WARNING)
            .build());
  }

  private Answer me(Asked asked) {
    String person = people.of(asked);
    return Answer.json(
        200,
        Json.object().put("person", person).put("duties", Json.strings(duties(person))).build());
  }

  private List<String> duties(String person) {
    return List.of(Fact.Duty.values()).stream()
        .filter(d -> ledger.published().government().holds(person, d))
        .map(d -> d.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
