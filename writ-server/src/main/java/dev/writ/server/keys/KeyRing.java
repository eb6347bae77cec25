package dev.writ.server.keys;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.fact.Fact;
import dev.writ.fact.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What is in a key file: every signing key, which of them sign, the nodes' head-seal key, and which
 * master key belongs to them. Immutable.
 *
 * @param masterKey id of the master key that wrapped workflows' keys when the file was made
 * @param keys oldest first
 * @param current id of the key that signs, for every use
 */
record KeyRing(
    String masterKey, SecretBytes headSeal, List<OwnKey> keys, Map<Fact.KeyUse, String> current) {
  /** Most keys in one file, former ones included. */
  static final int MOST = 64;

  KeyRing {
    keys = List.copyOf(keys);
    current = new EnumMap<>(current);
  }

  static KeyRing draw(String masterKey, Instant now, Entropy entropy) {
    List<OwnKey> keys = new ArrayList<>();
    Map<Fact.KeyUse, String> current = new EnumMap<>(Fact.KeyUse.class);
    for (Fact.KeyUse use : Fact.KeyUse.values()) {
      OwnKey key = OwnKey.draw(use, now);
      keys.add(key);
      current.put(use, key.id());
    }
    return new KeyRing(masterKey, new SecretBytes(entropy.bytes(Box.KEY)), keys, current);
  }

  /** The key that signs. */
  OwnKey signing(Fact.KeyUse use) {
    return find(use, current.getOrDefault(use, "")).orElseThrow();
  }

  Optional<OwnKey> find(Fact.KeyUse use, String id) {
    return keys.stream().filter(k -> k.use() == use && k.id().equals(id)).findFirst();
  }

  /** Keys whose public half is published then: current, coming and not long gone; oldest first. */
  List<OwnKey> published(Fact.KeyUse use, Instant now) {
    return keys.stream()
        .filter(k -> k.use() == use && k.until().map(now::isBefore).orElse(true))
        .toList();
  }

  /** With one more key, which does not sign yet; keys that are no longer published go. */
  KeyRing with(OwnKey key, Instant now) {
    List<OwnKey> all = new ArrayList<>();
    keys.stream().filter(k -> k.until().map(now::isBefore).orElse(true)).forEach(all::add);
    all.add(key);
    if (all.size() > MOST) {
      throw new IllegalStateException("a key file holds at most " + MOST + " keys");
    }
    return new KeyRing(masterKey, headSeal, all, current);
  }

  /** With that key signing; the one before it stays published for as long as is said. */
  KeyRing activated(Fact.KeyUse use, String id, Instant now, Duration overlap) {
    String before = signing(use).id();
    if (before.equals(id)) {
      return this;
    }
    List<OwnKey> all = new ArrayList<>();
    for (OwnKey key : keys) {
      all.add(key.use() == use && key.id().equals(before) ? key.retired(now.plus(overlap)) : key);
    }
    Map<Fact.KeyUse, String> signing = new EnumMap<>(current);
    signing.put(use, find(use, id).orElseThrow().id());
    return new KeyRing(masterKey, headSeal, all, signing);
  }

  Json.Obj toJson() {
    Json.Builder signing = Json.object();
    current.forEach((use, id) -> signing.put(Names.of(use), id));
    return Json.object()
        .put("masterKey", masterKey)
        .put(
            "headSeal",
            java.util.Base64.getEncoder()
                .encodeToString(SecretBytes.DangerouslyOpened.bytes(headSeal)))
        .put("keys", Json.array(keys.stream().map(OwnKey::toJson).toList()))
        .put("current", signing.build())
        .build();
  }

  static Parsed<KeyRing> parse(Json.Obj json) {
    try {
      List<OwnKey> keys = new ArrayList<>();
      for (Json item : json.array("keys").orElseThrow()) {
        keys.add(OwnKey.parse(item).orThrow());
      }
      byte[] seal = json.text("headSeal").flatMap(KeyFile::decode).orElseThrow();
      Map<Fact.KeyUse, String> current = new EnumMap<>(Fact.KeyUse.class);
      for (Fact.KeyUse use : Fact.KeyUse.values()) {
        String id = json.object("current").flatMap(o -> o.text(Names.of(use))).orElseThrow();
        current.put(use, id);
      }
      KeyRing ring =
          new KeyRing(json.text("masterKey").orElseThrow(), new SecretBytes(seal), keys, current);
      for (Fact.KeyUse use : Fact.KeyUse.values()) {
        ring.signing(use);
      }
      return seal.length == Box.KEY && keys.size() <= MOST ? Parsed.ok(ring) : refused();
    } catch (NoSuchElementException | IllegalArgumentException e) {
      // The cause may quote a secret.
      return refused();
    }
  }

  private static Parsed<KeyRing> refused() {
    return Parsed.refused("", "what is inside does not parse", "restore the key file");
  }
}
