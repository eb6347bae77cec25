package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.ledger.Ledger;
import dev.writ.operation.AppointDuty;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Routes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who may do what for Writ itself. */
public final class DutyResource implements Resource {
  private final Ledger ledger;
  private final AppointDuty appoint;
  private final People people;

  public DutyResource(Ledger ledger, AppointDuty appoint, People people) {
    this.ledger = ledger;
    this.appoint = appoint;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes.get("/v1/duties", this::list).post("/v1/duties", this::appoint);
  }

  private static Map<String, Fact.Duty> words() {
    Map<String, Fact.Duty> words = new LinkedHashMap<>();
    for (Fact.Duty duty : Fact.Duty.values()) {
      words.put(word(duty), duty);
    }
    return words;
  }

  private static String word(Fact.Duty duty) {
    return duty.name().toLowerCase(Locale.ROOT);
  }

  private Answer list(Asked asked) {
    people.of(asked);
    List<Json.Obj> held = new ArrayList<>();
    ledger
        .published()
        .government()
        .duties()
        .forEach((person, duties) -> {
          for (Fact.Duty duty : Fact.Duty.values()) {
            if (duties.contains(duty)) {
              held.add(Json.object().put("person", person).put("duty", word(duty)).build());
            }
          }
        });
    return Answer.json(200, Json.object().put("duties", Json.array(held)).build());
  }

  private Answer appoint(Asked asked) {
    String by = people.of(asked);
    AppointDuty.Request request =
        Body.members(
            asked,
            f -> {
              Optional<String> person = f.requiredId("person");
              Optional<Fact.Duty> duty = f.requiredChoice("duty", words());
              return person.flatMap(p -> duty.map(d -> new AppointDuty.Request(by, p, d)));
            });
    return switch (appoint.run(request)) {
      case AppointDuty.Reply.Appointed done ->
          Answer.json(
              200,
              Json.object()
                  .put("person", request.person())
                  .put("duty", word(request.duty()))
                  .build());
      case AppointDuty.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }
}
