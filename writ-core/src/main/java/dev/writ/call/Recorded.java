package dev.writ.call;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.policy.Entities;
import dev.writ.policy.Entity;
import dev.writ.policy.EntityUid;
import dev.writ.policy.Request;
import dev.writ.policy.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests and entity slices as they are recorded: JSON whose canonical bytes a decision's fact
 * names by digest, and from which replay reads equal ones back.
 */
public final class Recorded {
  private Recorded() {}

  /** A request's JSON. */
  public static Json.Obj request(Request request) {
    return Json.object()
        .put("principal", ValueJson.uid(request.principal()))
        .put("action", ValueJson.uid(request.action()))
        .put("resource", ValueJson.uid(request.resource()))
        .put("context", ValueJson.write(request.context()))
        .build();
  }

  /** Reads what {@link #request(Request)} wrote. */
  public static Parsed<Request> request(Json json) {
    if (!(json instanceof Json.Obj obj) || obj.members().size() != 4) {
      return Parsed.refused("", "this is no recorded request", "send four members");
    }
    Reader reader = new Reader(obj);
    EntityUid principal = reader.uid("principal");
    EntityUid action = reader.uid("action");
    EntityUid resource = reader.uid("resource");
    Value.Rec context = reader.fields("context");
    return reader.problems.isEmpty()
        ? Parsed.ok(new Request(principal, action, resource, context))
        : Parsed.refused(reader.problems);
  }

  /** The JSON of entities, sorted by identity. */
  public static Json.Arr entities(Entities entities) {
    return Json.array(
        entities.all().stream()
            .sorted(Comparator.comparing(Entity::uid))
            .map(Recorded::entity)
            .toList());
  }

  private static Json.Obj entity(Entity entity) {
    return Json.object()
        .put("uid", ValueJson.uid(entity.uid()))
        .put("attrs", ValueJson.write(Value.record(entity.attributes())))
        .put("parents", Json.array(entity.parents().stream().sorted().map(ValueJson::uid).toList()))
        .put("tags", ValueJson.write(Value.record(entity.tags())))
        .build();
  }

  /** Reads what {@link #entities(Entities)} wrote. */
  public static Parsed<Entities> entities(Json json) {
    if (!(json instanceof Json.Arr(List<Json> items))) {
      return Parsed.refused("", "these are no recorded entities", "send an array");
    }
    List<Entity> out = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Json item : items) {
      if (item instanceof Json.Obj obj && obj.members().size() == 4) {
        Reader reader = new Reader(obj);
        Entity entity =
            new Entity(
                reader.uid("uid"),
                reader.fields("attrs").fields(),
                reader.uids("parents"),
                reader.fields("tags").fields());
        problems.addAll(reader.problems);
        out.add(entity);
      } else {
        problems.add(new Problem("", "this is no recorded entity", "send four members"));
      }
    }
    return problems.isEmpty() ? Entities.parse(out) : Parsed.refused(problems);
  }

  /** Members of one object; what is unreadable is a problem and a stand-in. */
  private static final class Reader {
    private static final EntityUid NOBODY = EntityUid.of("Nobody", "");

    private final Json.Obj obj;
    private final List<Problem> problems = new ArrayList<>();

    Reader(Json.Obj obj) {
      this.obj = obj;
    }

    EntityUid uid(String name) {
      return take(name, ValueJson.readUid(obj.get(name).orElse(new Json.Null())), NOBODY);
    }

    Set<EntityUid> uids(String name) {
      Set<EntityUid> out = new LinkedHashSet<>();
      for (Json item : obj.array(name).orElse(List.of())) {
        out.add(take(name, ValueJson.readUid(item), NOBODY));
      }
      if (obj.array(name).isEmpty()) {
        problems.add(new Problem(name, "this is no list", "send an array"));
      }
      return out;
    }

    Value.Rec fields(String name) {
      Parsed<Value> value = ValueJson.read(obj.get(name).orElse(new Json.Null()));
      Map<String, Value> none = new LinkedHashMap<>();
      Value read = take(name, value, Value.record(none));
      if (read instanceof Value.Rec fields) {
        return fields;
      }
      problems.add(new Problem(name, "this is no record", "send an object"));
      return Value.record(none);
    }

    private <T> T take(String name, Parsed<? extends T> parsed, T otherwise) {
      parsed.problems().forEach(p -> problems.add(p.within(name)));
      if (parsed instanceof Parsed.Ok<? extends T> ok) {
        return ok.value();
      }
      return otherwise;
    }
  }
}
