package dev.writ.server.keys;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.fact.Fact;
import dev.writ.fact.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is in a key file: every signing key, the nodes' head-seal key, and which master key belongs
 * to them. Which key signs, the ledger says; the file only remembers it for a ledger that is not
 * founded yet. Immutable.
 *
 * @param masterKey id of the master key that wrapped workflows' keys when the file was made
 * @param keys oldest first
 * @param current id of the key that signed when the file was written, for every use
 * @param next id of the key that was prepared last, for uses that have one
 */
record KeyRing(
    String masterKey,
    SecretBytes headSeal,
    List<OwnKey> keys,
    Map<Fact.KeyUse, String> current,
    Map<Fact.KeyUse, String> next) {
  /** Most keys in one file, former ones included. */
  static final int MOST = 64;

  KeyRing {
    keys = List.copyOf(keys);
    current = copy(current);
    next = copy(next);
  }

  private static Map<Fact.KeyUse, String> copy(Map<Fact.KeyUse, String> ids) {
    Map<Fact.KeyUse, String> copy = new EnumMap<>(Fact.KeyUse.class);
    copy.putAll(ids);
    return copy;
  }

  static KeyRing draw(String masterKey, Instant now, Entropy entropy) {
    List<OwnKey> keys = new ArrayList<>();
    Map<Fact.KeyUse, String> current = new EnumMap<>(Fact.KeyUse.class);
    for (Fact.KeyUse use : Fact.KeyUse.values()) {
      OwnKey key = OwnKey.draw(use, now);
      keys.add(key);
      current.put(use, key.id());
    }
    return new KeyRing(masterKey, new SecretBytes(entropy.bytes(Box.KEY)), keys, current, Map.of());
  }

  Optional<OwnKey> find(Fact.KeyUse use, String id) {
    return keys.stream().filter(k -> k.use() == use && k.id().equals(id)).findFirst();
  }

  /** The key that was prepared last, whether or not it signs by now. */
  Optional<OwnKey> prepared(Fact.KeyUse use) {
    return Optional.ofNullable(next.get(use)).flatMap(id -> find(use, id));
  }

  /** With one more key that comes next, and of the others only those that are needed still. */
  KeyRing with(OwnKey key, Map<Fact.KeyUse, String> signing, Predicate<OwnKey> needed) {
    List<OwnKey> all = new ArrayList<>(keys.stream().filter(needed).toList());
    all.add(key);
    if (all.size() > MOST) {
      throw new IllegalStateException("a key file holds at most " + MOST + " keys");
    }
    Map<Fact.KeyUse, String> coming = copy(next);
    coming.put(key.use(), key.id());
    return new KeyRing(masterKey, headSeal, all, signing, coming);
  }

  Json.Obj toJson() {
    return Json.object()
        .put("masterKey", masterKey)
        .put(
            "headSeal",
            Base64.getEncoder().encodeToString(SecretBytes.DangerouslyOpened.bytes(headSeal)))
        .put("keys", Json.array(keys.stream().map(OwnKey::toJson).toList()))
        .put("current", ids(current))
        .put("next", ids(next))
        .build();
  }

  private static Json.Obj ids(Map<Fact.KeyUse, String> ids) {
    Json.Builder json = Json.object();
    ids.forEach((use, id) -> json.put(Names.of(use), id));
    return json.build();
  }

  static Parsed<KeyRing> parse(Json.Obj json) {
    try {
      List<OwnKey> keys = new ArrayList<>();
      for (Json item : json.array("keys").orElseThrow()) {
        keys.add(OwnKey.parse(item).orThrow());
      }
      byte[] seal = json.text("headSeal").flatMap(KeyFile::decode).orElseThrow();
      KeyRing ring =
          new KeyRing(
              json.text("masterKey").orElseThrow(),
              new SecretBytes(seal),
              keys,
              ids(json, "current"),
              ids(json, "next"));
      for (Fact.KeyUse use : Fact.KeyUse.values()) {
        if (ring.find(use, ring.current().getOrDefault(use, "")).isEmpty()) {
          return refused();
        }
      }
      return seal.length == Box.KEY && keys.size() <= MOST ? Parsed.ok(ring) : refused();
    } catch (NoSuchElementException | IllegalArgumentException e) {
      // The cause may quote a secret.
      return refused();
    }
  }

  private static Map<Fact.KeyUse, String> ids(Json.Obj json, String name) {
    Map<Fact.KeyUse, String> ids = new EnumMap<>(Fact.KeyUse.class);
    for (Fact.KeyUse use : Fact.KeyUse.values()) {
      json.object(name).flatMap(o -> o.text(Names.of(use))).ifPresent(id -> ids.put(use, id));
    }
    return ids;
  }

  private static Parsed<KeyRing> refused() {
    return Parsed.refused("", "what is inside does not parse", "restore the key file");
  }
}
