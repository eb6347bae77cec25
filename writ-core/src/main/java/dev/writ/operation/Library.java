package dev.writ.operation;

import dev.writ.admission.AdmissionPolicy;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.catalogue.Catalogue;
import dev.writ.fact.Fact;
import dev.writ.policy.Engine;
import dev.writ.policy.PolicySet;
import dev.writ.spec.Slice;
import dev.writ.spec.Spec;
import dev.writ.state.State;

/**
 * Documents by their digest, parsed and compiled. What is stored was checked before it was; one
 * that is missing or does not parse now is a fault of the store, and nothing is decided with it.
 */
public final class Library {
  /** Bounds for documents of our own: catalogues, slices, policy sets. */
  static final Json.Bounds DOCUMENT = new Json.Bounds(16 << 20, 64, 1_000_000, true);

  private final Blobs blobs;
  private final Payloads payloads;
  private final Memo memo;

  public Library(Blobs blobs, Payloads payloads, Memo memo) {
    this.blobs = blobs;
    this.payloads = payloads;
    this.memo = memo;
  }

  /** A document is not what its digest says, or not there; the edge answers 503. */
  public static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  /** What a writ says, ready to decide with. */
  public record OfWrit(Fact.WritIssued issued, Spec spec, Slice slice, Engine generated) {}

  /** Policies of a published or generated set. */
  public Engine policies(Digest digest) {
    return memo.get(
        digest,
        Engine.class,
        d -> Engine.of(read(PolicySet.parseStored(document(d)), "policy set " + d)));
  }

  /** Admission policies, ready to judge. */
  public AdmissionPolicy admission(Digest digest) {
    return memo.get(
        digest,
        AdmissionPolicy.class,
        d -> read(AdmissionPolicy.of(policies(d).policies()), "admission policies " + d));
  }

  public Catalogue catalogue(Digest digest) {
    return memo.get(
        digest, Catalogue.class, d -> read(Catalogue.parse(document(d)), "catalogue " + d));
  }

  /** Whether the published catalogue has this person. */
  boolean knows(State state, String person) {
    return state
        .government()
        .catalogue()
        .map(c -> catalogue(c).person(person).isPresent())
        .orElse(false);
  }

  /** The spec, slice and generated policies of a writ. */
  public OfWrit writ(Fact.WritIssued issued) {
    return memo.get(issued.writ(), OfWrit.class, id -> load(issued));
  }

  private OfWrit load(Fact.WritIssued issued) {
    Slice slice =
        read(Slice.parse(document(issued.terms().slice())), "slice " + issued.terms().slice());
    Spec spec =
        read(
            payloads
                .open(issued.terms().text())
                .then(bytes -> Json.parse(bytes, DOCUMENT))
                .then(Spec::parse),
            "spec of " + issued.writ());
    if (!spec.digest().equals(issued.spec())) {
      throw new Missing("the sealed spec of " + issued.writ() + " is not the approved one");
    }
    return new OfWrit(issued, spec, slice, policies(issued.terms().generated()));
  }

  private Json document(Digest digest) {
    byte[] bytes = blobs.find(digest).orElseThrow(() -> new Missing("no blob " + digest));
    if (!Digest.sha256(bytes).equals(digest)) {
      throw new Missing("blob " + digest + " has other bytes");
    }
    return read(Json.parse(bytes, DOCUMENT), "blob " + digest);
  }

  private static <T> T read(Parsed<T> parsed, String what) {
    return switch (parsed) {
      case Parsed.Ok<T>(T value) -> value;
      case Parsed.Refused<T>(var problems) ->
          throw new Missing(what + " does not parse: " + problems);
    };
  }
}
