package dev.writ.ledger;

import dev.writ.audit.Ed25519Key;
import dev.writ.audit.KeySuccession;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The keys that a log's entries say signed it, one after another, and who vouched for each. Read
 * along while a log is verified: who trusts one of them trusts those that follow, as long as each
 * was named by the one before.
 */
public final class LogKeys {
  private static final int TAIL = 64;
  private static final List<String> TYPES =
      List.of("LedgerFounded", "LogKeyRotated", "KeyRotated", "FormerKeysRevoked");

  private final List<Link> links = new ArrayList<>();
  private OptionalLong revokedAt = OptionalLong.empty();

  /**
   * One key.
   *
   * @param position the entry that names it
   * @param endorsement the word of the key before, where there is one
   */
  private record Link(long position, String key, Optional<String> endorsement) {
    Optional<VerifierKey> parsed() {
      return VerifierKey.parse(key).found();
    }
  }

  /**
   * What a held key comes to at the end of the log.
   *
   * @param signs the key that signs now
   * @param all every key the log had, oldest first
   */
  public record Trusted(VerifierKey signs, List<VerifierKey> all) {
    public Trusted {
      all = List.copyOf(all);
    }
  }

  /** Why a held key is not enough. */
  public record Untrusted(OptionalLong position, Problem problem) {}

  /** Takes the next entry's bytes; those that are no entry are for somebody else to name. */
  public void accept(byte[] entry) {
    // Canonical bytes end with their type, so that only the few that matter are read.
    int tail = Math.min(TAIL, entry.length);
    String end = new String(entry, entry.length - tail, tail, StandardCharsets.ISO_8859_1);
    if (TYPES.stream().anyMatch(end::contains)) {
      Entry.parse(entry).found().ifPresent(this::accept);
    }
  }

  private void accept(Entry entry) {
    long position = entry.recorded().position();
    switch (entry.recorded().fact()) {
      case Fact.LedgerFounded f ->
          f.keys().stream()
              .filter(k -> k.use() == Fact.KeyUse.LOG)
              .forEach(k -> links.add(new Link(position, k.text(), Optional.empty())));
      case Fact.LogKeyRotated f ->
          links.add(new Link(position, f.key().text(), Optional.of(f.endorsement())));
      case Fact.KeyRotated f when f.key().use() == Fact.KeyUse.LOG ->
          links.add(new Link(position, f.key().text(), Optional.empty()));
      case Fact.FormerKeysRevoked f when f.use() == Fact.KeyUse.LOG -> {
        // Every key up to the present one's predecessor.
        if (!links.isEmpty()) {
          revokedAt = OptionalLong.of(links.getLast().position());
        }
      }
      default -> {}
    }
  }

  /**
   * What somebody may trust who was handed this key, unless {@link #refused} says why not. The keys
   * have the held key's name: a log has another one in each epoch, and keeps its keys.
   */
  public Trusted trusted(VerifierKey held) {
    List<VerifierKey> all = new ArrayList<>();
    links.forEach(link -> link.parsed().ifPresent(key -> all.add(key.named(held.name()))));
    // A key that no entry names is trusted by whoever holds it, and vouched for nobody.
    return new Trusted(place(held) < 0 ? held : all.getLast(), all);
  }

  private int place(VerifierKey held) {
    int place = -1;
    for (int i = 0; i < links.size(); i++) {
      Optional<VerifierKey> key = links.get(i).parsed().map(k -> k.named(held.name()));
      place = key.equals(Optional.of(held)) ? i : place;
    }
    return place;
  }

  /** Why the held key does not lead to the one that signs now; empty when it does. */
  public Optional<Untrusted> refused(VerifierKey held) {
    int from = place(held);
    if (from < 0) {
      return Optional.empty();
    }
    if (revokedAt.isPresent() && links.get(from).position() < revokedAt.getAsLong()) {
      return Optional.of(givenUp(revokedAt.getAsLong()));
    }
    for (int i = from + 1; i < links.size(); i++) {
      Link link = links.get(i);
      Parsed<KeySuccession> vouched = vouched(links.get(i - 1), link);
      if (!vouched.problems().isEmpty()) {
        return Optional.of(unvouched(link, vouched.problems().getFirst()));
      }
    }
    return Optional.empty();
  }

  /** The first key that the one before did not name, whoever holds which. */
  public Optional<Untrusted> unvouched() {
    for (int i = 1; i < links.size(); i++) {
      Link link = links.get(i);
      Parsed<KeySuccession> vouched = vouched(links.get(i - 1), link);
      if (!vouched.problems().isEmpty()) {
        return Optional.of(unvouched(link, vouched.problems().getFirst()));
      }
    }
    return Optional.empty();
  }

  private static Untrusted givenUp(long position) {
    return new Untrusted(
        OptionalLong.of(position),
        new Problem(
            "entry " + position,
            "the key you hold was given up there, since somebody else may hold it too",
            "get the present key from where the ledger's operators cannot change it"));
  }

  private static Untrusted unvouched(Link link, Problem why) {
    return new Untrusted(
        OptionalLong.of(link.position()),
        new Problem(
            "entry " + link.position(),
            "names a new log key that the former one did not sign: " + why.what(),
            "trust no checkpoint by the new key; compare with an older export"));
  }

  private static Parsed<KeySuccession> vouched(Link former, Link next) {
    return KeySuccession.parse(former.key(), next.key())
        .then(succession ->
            next.endorsement().isPresent()
                ? succession.verify(next.endorsement().get(), Ed25519Key::verify)
                : Parsed.<KeySuccession>refused("", "there is no word of it", ""));
  }
}
