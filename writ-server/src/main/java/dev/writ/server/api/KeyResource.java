package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.fact.Names;
import dev.writ.ledger.Ledger;
import dev.writ.operation.OwnKeys;
import dev.writ.operation.Refusal;
import dev.writ.operation.RotateKey;
import dev.writ.operation.RotateMasterKey;
import dev.writ.operation.WrappedKeys;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.server.keys.Keys;
import dev.writ.state.FormerKey;
import dev.writ.state.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writ's own keys: which sign, which come and which go; prepared and rotated by operators. */
public final class KeyResource implements Resource {
  private static final String MASTER = "master";

  private final Ledger ledger;
  private final Parts parts;
  private final People people;
  private final InstantSource clock;

  /** What the endpoints call. */
  public record Parts(
      RotateKey rotate, RotateMasterKey rotateMaster, OwnKeys keys, WrappedKeys wrapped) {}

  public KeyResource(Ledger ledger, Parts parts, People people, InstantSource clock) {
    this.ledger = ledger;
    this.parts = parts;
    this.people = people;
    this.clock = clock;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/v1/keys", this::list)
        .post("/v1/keys/{use}/prepare", this::prepare)
        .post("/v1/keys/{use}/rotate", this::rotate);
  }

  private Answer list(Asked asked) {
    people.of(asked);
    State state = ledger.confirmed();
    List<Json> keys = new ArrayList<>();
    for (Fact.KeyUse use : Fact.KeyUse.values()) {
      state.government().former().stream()
          .filter(f -> f.key().use() == use && clock.instant().isBefore(Keys.until(f)))
          .forEach(f -> keys.add(former(f)));
      Optional.ofNullable(state.government().keys().get(use))
          .ifPresent(key -> keys.add(key(key, "signs").build()));
      parts
          .keys()
          .prepared(use, state.log().origin())
          .ifPresent(key -> keys.add(key(key, "next").build()));
    }
    masters(state).forEach(keys::add);
    return Answer.json(200, Json.object().put("keys", Json.array(keys)).build());
  }

  private static Json.Obj former(FormerKey former) {
    return key(former.key(), "former")
        .put("replaced", former.replaced().toString())
        .put("until", Keys.until(former).toString())
        .build();
  }

  private static Json.Builder key(Fact.PublicKey key, String state) {
    return Json.object()
        .put("use", Names.of(key.use()))
        .put("id", key.id())
        .put("state", state)
        .put("key", key.text());
  }

  /** A former master key may be thrown away when it wraps nothing any more. */
  private List<Json> masters(State state) {
    String wraps = state.government().master().orElse(parts.keys().master());
    List<Json> masters = new ArrayList<>();
    Map<String, Long> counts = parts.wrapped().wrapped();
    counts.forEach((name, count) -> {
      if (!name.equals(wraps)) {
        masters.add(master(name, "former", count));
      }
    });
    masters.add(master(wraps, "wraps", counts.getOrDefault(wraps, 0L)));
    return masters;
  }

  private static Json.Obj master(String name, String state, long wrapped) {
    return Json.object()
        .put("use", MASTER)
        .put("id", name)
        .put("state", state)
        .put("wrapped", wrapped)
        .build();
  }

  private static Optional<Fact.KeyUse> use(Asked asked) {
    String name = asked.pathParameter("use");
    for (Fact.KeyUse use : Fact.KeyUse.values()) {
      if (Names.of(use).equals(name)) {
        return Optional.of(use);
      }
    }
    if (name.equals(MASTER)) {
      return Optional.empty();
    }
    throw new Refused(new HttpRefusal.NoSuchPath());
  }

  private Answer prepare(Asked asked) {
    String by = people.of(asked);
    Optional<Fact.KeyUse> use = use(asked);
    Body.none(asked);
    State state = ledger.confirmed();
    if (!state.government().holds(by, Fact.Duty.OPERATOR)) {
      return ProblemDialect.answer(new Refusal.DutyMissing(Fact.Duty.OPERATOR));
    }
    if (use.isEmpty()) {
      String name = parts.keys().prepareMaster();
      return Answer.json(200, Json.object().put("use", MASTER).put("id", name).build());
    }
    Fact.PublicKey next = parts.keys().prepare(use.get(), state.log().origin());
    return Answer.json(200, key(next, "next").build());
  }

  private record Wish(Optional<String> from, boolean revoke) {}

  private Answer rotate(Asked asked) {
    String by = people.of(asked);
    Optional<Fact.KeyUse> use = use(asked);
    Wish wish =
        asked.body().length == 0
            ? new Wish(Optional.empty(), false)
            : Body.members(
                asked,
                f -> Optional.of(new Wish(f.text("from"), f.bool("revoke_former").orElse(false))));
    return use.isPresent() ? rotate(by, use.get(), wish) : rotateMaster(by, wish);
  }

  private Answer rotate(String by, Fact.KeyUse use, Wish wish) {
    RotateKey.Former former = wish.revoke() ? RotateKey.Former.REVOKE : RotateKey.Former.OVERLAP;
    return switch (parts.rotate().run(new RotateKey.Request(by, use, wish.from(), former))) {
      case RotateKey.Reply.Rotated(Fact.PublicKey key, String before) ->
          Answer.json(200, key(key, "signs").put("former", before).build());
      case RotateKey.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private Answer rotateMaster(String by, Wish wish) {
    return switch (parts.rotateMaster().run(new RotateMasterKey.Request(by, wish.from()))) {
      case RotateMasterKey.Reply.Rotated(String key, String before) ->
          Answer.json(
              200,
              Json.object()
                  .put("use", MASTER)
                  .put("id", key)
                  .put("state", "wraps")
                  .put("former", before)
                  .build());
      case RotateMasterKey.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }
}
