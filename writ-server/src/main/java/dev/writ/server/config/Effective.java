package dev.writ.server.config;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every setting's value with where it came from. */
public final class Effective {
  /**
   * One value.
   *
   * @param text as it was written; absent when nobody set it and there is no default
   * @param parsed what the text became
   */
  public record Value(
      Setting<?> setting, Optional<String> text, Optional<?> parsed, Origin origin) {}

  private final Map<String, Value> values;

  Effective(Map<String, Value> values) {
    this.values = values;
  }

  /** Reads all sources; every complaint at once. */
  public static Parsed<Effective> read(Sources sources) {
    return new SourceReader(sources).read();
  }

  /** Every value, in the order in which settings are documented. */
  public List<Value> values() {
    return List.copyOf(values.values());
  }

  <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalStateException(setting.name() + " has no default"));
  }

  @SuppressWarnings("unchecked") // the value was parsed by the setting's own kind
  <T> Optional<T> find(Setting<T> setting) {
    Value value = values.get(setting.name());
    return value == null ? Optional.empty() : (Optional<T>) value.parsed();
  }

  /** The values as JSON: an object for each setting. */
  public Json.Obj json() {
    Json.Builder all = Json.object();
    for (Value value : values.values()) {
      Json.Builder one = Json.object();
      value.text().ifPresent(t -> one.put("value", t));
      all.put(value.setting().name(), one.put("from", value.origin().toString()).build());
    }
    return all.build();
  }
}
