package dev.writ.call;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.policy.EntityUid;
import dev.writ.policy.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values as Cedar's JSON writes them, with every entity and extension value marked ({@code
 * __entity}, {@code __extn}), so that reading needs no schema. Sets are written sorted.
 */
final class ValueJson {
  private ValueJson() {}

  static Json write(Value value) {
    return switch (value) {
      case Value.Bool(boolean b) -> Json.of(b);
      case Value.Int(long n) -> Json.of(n);
      case Value.Str(String s) -> Json.of(s);
      case Value.Set(java.util.Set<Value> items) -> sorted(items);
      case Value.Rec(Map<String, Value> fields) -> {
        Json.Builder out = Json.object();
        fields.forEach((name, field) -> out.put(name, write(field)));
        yield out.build();
      }
      case Value.Decimal(long tenThousandths) ->
          extension("decimal", BigDecimal.valueOf(tenThousandths, 4).toPlainString());
      case Value.Datetime(long millis) ->
          extension("datetime", Instant.ofEpochMilli(millis).toString());
      case Value.Duration(long millis) -> extension("duration", millis + "ms");
      case Value.Ip ip -> throw new IllegalArgumentException("no call holds an address");
      case EntityUid uid -> Json.object().put("__entity", uid(uid)).build();
    };
  }

  static Json.Obj uid(EntityUid uid) {
    return Json.object().put("type", uid.type()).put("id", uid.id()).build();
  }

  private static Json sorted(java.util.Set<Value> items) {
    return Json.array(
        items.stream()
            .map(ValueJson::write)
            .sorted(java.util.Comparator.comparing(j -> new String(j.canonical(), UTF_8)))
            .toList());
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  private static Json extension(String function, String argument) {
    return Json.object()
        .put("__extn", Json.object().put("fn", function).put("arg", argument).build())
        .build();
  }

  static Parsed<Value> read(Json json) {
    return switch (json) {
      case Json.Bool(boolean b) -> Parsed.ok(Value.of(b));
      case Json.Int(long n) -> Parsed.ok(Value.of(n));
      case Json.Str(String s) -> Parsed.ok(Value.of(s));
      case Json.Arr(List<Json> items) -> set(items);
      case Json.Obj obj -> object(obj);
      case Json.Real r -> refused("a number with a fraction");
      case Json.Null n -> refused("null");
    };
  }

  private static Parsed<Value> refused(String what) {
    return Parsed.refused("", what + " is no value of a request", "send what was recorded");
  }

  private static Parsed<Value> set(List<Json> items) {
    List<Value> values = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Json item : items) {
      Parsed<Value> value = read(item);
      problems.addAll(value.problems());
      value.found().ifPresent(values::add);
    }
    return problems.isEmpty() ? Parsed.ok(Value.setOf(values)) : Parsed.refused(problems);
  }

  private static Parsed<Value> object(Json.Obj obj) {
    if (obj.members().size() == 1 && obj.get("__entity").isPresent()) {
      return readUid(obj.get("__entity").get()).map(uid -> uid);
    }
    if (obj.members().size() == 1 && obj.object("__extn").isPresent()) {
      Json.Obj call = obj.object("__extn").get();
      return readExtension(call.text("fn").orElse(""), call.text("arg").orElse(""))
          .map(Parsed::ok)
          .orElseGet(() -> refused("an unreadable extension value"));
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    obj.members()
        .forEach((name, member) -> {
          Parsed<Value> value = read(member);
          value.problems().forEach(p -> problems.add(p.within(name)));
          value.found().ifPresent(v -> fields.put(name, v));
        });
    return problems.isEmpty() ? Parsed.ok(Value.record(fields)) : Parsed.refused(problems);
  }

  static Parsed<EntityUid> readUid(Json json) {
    if (json instanceof Json.Obj obj
        && obj.members().size() == 2
        && obj.text("type").isPresent()
        && obj.text("id").isPresent()) {
      try {
        return Parsed.ok(EntityUid.of(obj.text("type").get(), obj.text("id").get()));
      } catch (IllegalArgumentException e) {
        // Falls through: the type is no name of a type.
      }
    }
    return Parsed.refused("", "this names no entity", "send {type, id}");
  }

  private static Optional<Value> readExtension(String function, String argument) {
    try {
      return switch (function) {
        case "decimal" ->
            argument.length() > 24
                ? Optional.empty()
                : Optional.of(
                    new Value.Decimal(new BigDecimal(argument).movePointRight(4).longValueExact()));
        case "datetime" -> Optional.of(new Value.Datetime(Instant.parse(argument).toEpochMilli()));
        case "duration" ->
            argument.endsWith("ms")
                ? Optional.of(
                    new Value.Duration(
                        Long.parseLong(argument.substring(0, argument.length() - 2))))
                : Optional.empty();
        default -> Optional.empty();
      };
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
