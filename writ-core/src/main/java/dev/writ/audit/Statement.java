package dev.writ.audit;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A claim about things named by their digests (in-toto Statement v1).
 *
 * @param subjects what the claim is about, at least one
 * @param predicateType a URI that says how to read the predicate
 * @param predicate the claim
 */
public record Statement(List<Subject> subjects, String predicateType, Json.Obj predicate) {
  /** The DSSE payload type of statements. */
  public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  /** The most subjects that are read. */
  public static final int MOST_SUBJECTS = 1024;

  private static final String TYPE = "https://in-toto.io/Statement/v1";
  private static final Json.Bounds BOUNDS = new Json.Bounds(Dsse.LONGEST, 32, 50_000, true);

  public Statement {
    subjects = List.copyOf(subjects);
    if (subjects.isEmpty() || subjects.size() > MOST_SUBJECTS || predicateType.isEmpty()) {
      throw new IllegalArgumentException(
          "a statement has 1 to 1,024 subjects and a predicate type");
    }
  }

  /**
   * A thing.
   *
   * @param name what it is called; means nothing to a verifier
   * @param sha256 the digest of its bytes
   */
  public record Subject(String name, Digest sha256) {}

  /** The statement as JSON; its canonical bytes are what is signed. */
  public Json.Obj json() {
    List<Json> items = new ArrayList<>();
    for (Subject subject : subjects) {
      Json.Obj digest = Json.object().put("sha256", subject.sha256()).build();
      items.add(Json.object().put("name", subject.name()).put("digest", digest).build());
    }
    return Json.object()
        .put("_type", TYPE)
        .put("subject", Json.array(items))
        .put("predicateType", predicateType)
        .put("predicate", predicate)
        .build();
  }

  /** The statement in an envelope with one signature. */
  public Dsse sign(String keyId, Dsse.Signing signing) {
    return Dsse.sign(PAYLOAD_TYPE, json().canonical(), keyId, signing);
  }

  /** Reads verified payload bytes. Every subject must have a SHA-256 digest. */
  public static Parsed<Statement> parse(byte[] payload) {
    return Json.parseObject(payload, BOUNDS).then(Statement::read);
  }

  private static Parsed<Statement> read(Json.Obj json) {
    String type = json.text("_type").orElse("");
    Optional<String> predicateType = json.text("predicateType").filter(t -> !t.isEmpty());
    List<Json> items = json.array("subject").orElse(List.of());
    if (!type.equals(TYPE)) {
      return refused("_type", "`" + Text.excerpt(type) + "` is not an in-toto statement");
    }
    if (predicateType.isEmpty() || items.isEmpty() || items.size() > MOST_SUBJECTS) {
      return refused("", "the statement lacks predicateType, or has no or too many subjects");
    }
    List<Subject> subjects = new ArrayList<>();
    for (Json item : items) {
      Optional<Json.Obj> subject =
          item instanceof Json.Obj member ? Optional.of(member) : Optional.empty();
      Optional<Digest> digest =
          subject
              .flatMap(s -> s.object("digest"))
              .flatMap(d -> d.text("sha256"))
              .flatMap(hex -> Digest.parse(hex).found());
      if (digest.isEmpty()) {
        return refused("subject[" + subjects.size() + "]", "the subject has no sha256 digest");
      }
      String name = subject.flatMap(s -> s.text("name")).orElse("");
      subjects.add(new Subject(name, digest.get()));
    }
    Json.Obj predicate = json.object("predicate").orElseGet(() -> Json.object().build());
    return Parsed.ok(new Statement(subjects, predicateType.get(), predicate));
  }

  private static Parsed<Statement> refused(String place, String what) {
    return Parsed.refused(place, what, "send an in-toto Statement v1");
  }
}
