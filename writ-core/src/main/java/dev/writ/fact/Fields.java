package dev.writ.fact;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.token.Scope;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the members of a stored object. The first one that does not parse ends the reading: a
 * stored entry is ours or it is tampered with, and nobody is there to correct it. Every method
 * throws {@link Bad} when the member is absent or not what it asks for.
 */
public final class Fields {
  private final Json.Obj json;
  private final String place;
  private int read;

  public Fields(Json.Obj json, String place) {
    this.json = json;
    this.place = place;
  }

  /** Why the reading ended; turned into a refusal by {@link FactCodec}. */
  public static final class Bad extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    public Bad(String place, String what) {
      super(place + ": " + what, null, false, false);
      this.problem = new Problem(place, what, "restore the entry from an untampered copy");
    }

    public Problem problem() {
      return problem;
    }
  }

  /** Throws unless every member has been asked for: unknown members would be lost silently. */
  public void end() {
    if (read != json.members().size()) {
      throw new Bad(place, "unknown members among " + json.members().keySet());
    }
  }

  private Optional<Json> take(String name) {
    Optional<Json> value = json.get(name);
    if (value.isPresent()) {
      read++;
    }
    return value;
  }

  private Bad bad(String name, String wanted) {
    return new Bad(place + "." + name, "not " + wanted);
  }

  public String text(String name) {
    return take(name)
        .flatMap(v -> v instanceof Json.Str(String s) ? Optional.of(s) : Optional.empty())
        .orElseThrow(() -> bad(name, "a string"));
  }

  public Optional<String> maybeText(String name) {
    return json.get(name).isEmpty() ? Optional.empty() : Optional.of(text(name));
  }

  public long integer(String name) {
    return take(name)
        .flatMap(v -> v instanceof Json.Int(long n) ? Optional.of(n) : Optional.empty())
        .orElseThrow(() -> bad(name, "an integer"));
  }

  public int small(String name) {
    long n = integer(name);
    if (n < 0 || n > Integer.MAX_VALUE) {
      throw bad(name, "a small integer");
    }
    return (int) n;
  }

  public boolean flag(String name) {
    return take(name)
        .flatMap(v -> v instanceof Json.Bool(boolean b) ? Optional.of(b) : Optional.empty())
        .orElseThrow(() -> bad(name, "true or false"));
  }

  public Instant instant(String name) {
    String text = text(name);
    try {
      Instant at = Instant.parse(text);
      if (at.toString().equals(text)) {
        return at;
      }
    } catch (DateTimeException e) {
      throw bad(name, "an instant: " + e.getMessage());
    }
    throw bad(name, "an instant in canonical form");
  }

  public Duration duration(String name) {
    try {
      return Duration.parse(text(name));
    } catch (DateTimeException e) {
      throw bad(name, "a duration: " + e.getMessage());
    }
  }

  public Digest digest(String name) {
    return parsed(name, Digest::parse);
  }

  public <T> T parsed(String name, Function<String, Parsed<T>> parse) {
    return parse.apply(text(name)).found().orElseThrow(() -> bad(name, "well-formed"));
  }

  public <T> Optional<T> maybe(String name, Function<String, Parsed<T>> parse) {
    return json.get(name).isEmpty() ? Optional.empty() : Optional.of(parsed(name, parse));
  }

  public <E extends Enum<E>> E one(String name, Class<E> kind) {
    return oneOf(text(name), kind);
  }

  /** The constant with this written name. */
  public static <E extends Enum<E>> E oneOf(String text, Class<E> kind) {
    for (E e : kind.getEnumConstants()) {
      if (Names.of(e).equals(text)) {
        return e;
      }
    }
    throw new Bad("", "not a known " + kind.getSimpleName());
  }

  public boolean has(String name) {
    return json.get(name).isPresent();
  }

  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Json item : array(name)) {
      if (!(item instanceof Json.Str(String s))) {
        throw bad(name, "an array of strings");
      }
      texts.add(s);
    }
    return texts;
  }

  public List<Json> array(String name) {
    return take(name)
        .flatMap(v -> v instanceof Json.Arr(List<Json> l) ? Optional.of(l) : Optional.empty())
        .orElseThrow(() -> bad(name, "an array"));
  }

  public Fields object(String name) {
    return new Fields(rawObject(name), place + "." + name);
  }

  public Json.Obj rawObject(String name) {
    return take(name)
        .flatMap(v -> v instanceof Json.Obj o ? Optional.of(o) : Optional.empty())
        .orElseThrow(() -> bad(name, "an object"));
  }

  public Optional<Fields> maybeObject(String name) {
    return json.get(name).isEmpty() ? Optional.empty() : Optional.of(object(name));
  }

  public Scope scope(String name) {
    Json value = take(name).orElseThrow(() -> bad(name, "a scope"));
    return Scope.parse(value).found().orElseThrow(() -> bad(name, "a scope"));
  }

  public Optional<Scope> maybeScope(String name) {
    return json.get(name).isEmpty() ? Optional.empty() : Optional.of(scope(name));
  }

  public NavigableMap<String, Long> counts(String name) {
    NavigableMap<String, Long> counts = new TreeMap<>();
    rawObject(name)
        .members()
        .forEach((k, v) -> {
          if (!(v instanceof Json.Int(long n))) {
            throw bad(name, "an object of integers");
          }
          counts.put(k, n);
        });
    return counts;
  }
}
