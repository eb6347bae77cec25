package dev.writ.spec;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.form.Names;
import dev.writ.form.Node;
import dev.writ.form.Yaml;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What one workflow may do (DESIGN, section 5). Outside a sandbox it cannot be constructed without
 * three owners; nowhere without an owner of the product and an end.
 *
 * @param name lower-case letters, digits and hyphens, at most 63
 * @param initiators sorted, at least one
 * @param grants in the order of their numbers, at most {@link #MOST_LINES}; none only when retired
 * @param until the last instant of access, whole seconds
 * @param revoke sorted, at least one
 * @param from where lines came from; part of the spec's content
 */
public record Spec(
    String name,
    Purpose purpose,
    Owners owners,
    Stage stage,
    Identity identity,
    List<Initiator> initiators,
    List<Grant> grants,
    List<Prohibition> prohibited,
    Instant until,
    TaskTerms task,
    List<RevokeOn> revoke,
    Provenance from) {
  /** Most grants, and most prohibitions. */
  public static final int MOST_LINES = 64;

  public Spec {
    if (!wellFormedName(name)) {
      throw new IllegalArgumentException("not a workflow's name: " + name);
    }
    Objects.requireNonNull(purpose);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(task);
    Objects.requireNonNull(from);
    initiators = List.copyOf(new TreeSet<>(initiators));
    grants = List.copyOf(grants);
    prohibited = List.copyOf(prohibited);
    revoke = List.copyOf(new TreeSet<>(revoke));
    if (stage != Stage.SANDBOX && (owners.identity().isEmpty() || owners.security().isEmpty())) {
      throw new IllegalArgumentException("a " + stage.word() + " names three owners");
    }
    if (initiators.isEmpty() || revoke.isEmpty()) {
      throw new IllegalArgumentException("a spec names initiators and revoking events");
    }
    if (grants.isEmpty() != (stage == Stage.RETIRED)) {
      throw new IllegalArgumentException("a spec has grants until it is retired");
    }
    if (grants.size() > MOST_LINES || prohibited.size() > MOST_LINES) {
      throw new IllegalArgumentException("more than " + MOST_LINES + " lines");
    }
    if (!until.equals(until.truncatedTo(ChronoUnit.SECONDS)) || !wellFormedEnd(until)) {
      throw new IllegalArgumentException("not an end in whole seconds: " + until);
    }
  }

  static boolean wellFormedName(String name) {
    return Names.wellFormed(name)
        && name.length() <= 63
        && name.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
  }

  static boolean wellFormedEnd(Instant until) {
    return until.isAfter(Instant.EPOCH) && until.isBefore(Instant.parse("9999-01-01T00:00:00Z"));
  }

  /** Reads a spec from YAML or JSON bytes; every problem is named with its line. */
  public static Parsed<Spec> parse(byte[] utf8) {
    return Node.yaml(utf8, Node.Bounds.SPEC).then(SpecReader::read);
  }

  /** Reads a spec from JSON that has been parsed already. */
  public static Parsed<Spec> parse(Json json) {
    return SpecReader.read(Node.of(json));
  }

  /** The JSON from which {@link #parse(Json)} gives an equal spec. */
  public Json.Obj canonicalForm() {
    return SpecWriter.write(this);
  }

  /** The spec's content hash: the SHA-256 of the canonical form's canonical bytes. */
  public Digest digest() {
    return canonicalForm().digest();
  }

  /** The spec as people write it; {@link #parse(byte[])} gives an equal one. */
  public String yaml() {
    return Yaml.text(canonicalForm());
  }

  /**
   * The same statement with every line said to be written by hand. What somebody applies from a
   * file is that person's statement, whatever the file says about where its lines came from.
   */
  public Spec byHand() {
    return new Spec(
        name,
        purpose,
        owners,
        stage,
        identity,
        initiators,
        grants,
        prohibited,
        until,
        task,
        revoke,
        Provenance.BY_HAND);
  }
}
