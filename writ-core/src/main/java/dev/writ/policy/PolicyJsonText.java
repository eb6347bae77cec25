package dev.writ.policy;

import dev.writ.base.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes entities, contexts and values as Cedar's JSON, in a form that needs no schema to be read.
 * An integer beyond ±(2^53 − 1) is written as it is and has then no canonical bytes.
 */
public final class PolicyJsonText {
  private PolicyJsonText() {}

  /** An array of entities in their order. */
  public static Json.Arr of(Entities entities) {
    return Json.array(entities.all().stream().map(PolicyJsonText::of).toList());
  }

  /** One entity; {@code tags} only when it has some. */
  public static Json.Obj of(Entity entity) {
    Json.Builder builder =
        Json.object()
            .put("uid", uid(entity.uid()))
            .put("attrs", fields(entity.attributes()))
            .put(
                "parents", Json.array(entity.parents().stream().map(PolicyJsonText::uid).toList()));
    if (!entity.tags().isEmpty()) {
      builder.put("tags", fields(entity.tags()));
    }
    return builder.build();
  }

  /** <code>{"type", "id"}</code>. */
  public static Json.Obj uid(EntityUid uid) {
    return Json.object().put("type", uid.type()).put("id", uid.id()).build();
  }

  /** Any value. */
  public static Json of(Value value) {
    return switch (value) {
      case Value.Bool(boolean b) -> Json.of(b);
      case Value.Int(long n) -> Json.of(n);
      case Value.Str(String s) -> Json.of(s);
      case EntityUid uid -> Json.object().put("__entity", uid(uid)).build();
      case Value.Set(Set<Value> items) -> {
        List<Json> all = new ArrayList<>();
        items.forEach(item -> all.add(of(item)));
        yield Json.array(all);
      }
      case Value.Rec(Map<String, Value> fields) -> fields(fields);
      case Value.Decimal d -> extension(Function.DECIMAL, Json.of(Extensions.text(d)));
      case Value.Ip ip -> extension(Function.IP, Json.of(Extensions.text(ip)));
      case Value.Duration(long millis) -> extension(Function.DURATION, Json.of(millis + "ms"));
      case Value.Datetime(long millis) -> {
        Json epoch = extension(Function.DATETIME, Json.of("1970-01-01"));
        Json span = extension(Function.DURATION, Json.of(millis + "ms"));
        Json.Obj call =
            Json.object()
                .put("fn", Function.OFFSET.word())
                .put("args", Json.array(List.of(epoch, span)))
                .build();
        yield Json.object().put("__extn", call).build();
      }
    };
  }

  private static Json extension(Function function, Json argument) {
    Json.Obj call = Json.object().put("fn", function.word()).put("arg", argument).build();
    return Json.object().put("__extn", call).build();
  }

  private static Json.Obj fields(Map<String, Value> fields) {
    Map<String, Json> members = new LinkedHashMap<>();
    fields.forEach((name, value) -> members.put(name, of(value)));
    return new Json.Obj(members);
  }
}
