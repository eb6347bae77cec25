package dev.writ.fact;

import dev.writ.base.CanonicalWriter;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.JsonSink;
import dev.writ.base.Parsed;
import dev.writ.base.TaskId;
import dev.writ.base.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The stored form of a recorded fact: one object with the envelope's members and {@code type},
 * {@code v} and {@code body}. Format {@link #FORMAT} is what this build reads and writes; a node
 * announces it, and a newer version of any type is written only when every live node reads it.
 */
public final class FactCodec {
  /** The newest format this build reads. */
  public static final int FORMAT = 1;

  private static final int VERSION = 1;

  private FactCodec() {}

  /** The JSON whose canonical bytes are the entry. */
  public static Json.Obj write(RecordedFact recorded) {
    return Json.object(recorded, FactCodec::entry);
  }

  /** The entry's bytes: those of {@link #write}, without making the tree. */
  static byte[] bytes(RecordedFact recorded) {
    return CanonicalWriter.write(recorded, FactCodec::entry);
  }

  private static void entry(JsonSink out, RecordedFact recorded) {
    FactDraft draft = recorded.draft();
    out.put("about", draft.about(), FactCodec::about)
        .put("at", recorded.at().toString())
        .put("body", draft.fact(), FactWriter::body)
        .put("by", draft.by(), FactCodec::actor);
    draft.command().ifPresent(key -> out.put("command", key, FactCodec::command));
    out.put("n", recorded.position())
        .put("previous", recorded.previous(), FactCodec::previous)
        .put("type", typeOf(draft.fact()))
        .put("v", VERSION);
  }

  private static void actor(JsonSink out, Actor actor) {
    out.put("id", actor.name()).put("kind", actor.kind());
  }

  /** The type's name in storage: the record's own name, which is therefore never changed. */
  public static String typeOf(Fact fact) {
    return fact.getClass().getSimpleName();
  }

  /** A fact alone, as snapshots keep it: {@code body}, {@code type} and {@code v}. */
  public static Json.Obj writeFact(Fact fact) {
    return Json.object()
        .put("body", fact, FactWriter::body)
        .put("type", typeOf(fact))
        .put("v", VERSION)
        .build();
  }

  /** Reads what {@link #writeFact} writes. */
  public static Parsed<Fact> parseFact(Json.Obj json) {
    try {
      Fields fields = new Fields(json, "fact");
      Fact fact = fact(fields);
      fields.end();
      return Parsed.ok(fact);
    } catch (Fields.Bad bad) {
      return Parsed.refused(List.of(bad.problem()));
    } catch (IllegalArgumentException e) {
      return Parsed.refused("fact", String.valueOf(e.getMessage()), "restore the fact");
    }
  }

  private static Fact fact(Fields fields) {
    String type = fields.text("type");
    int version = fields.small("v");
    if (version != VERSION) {
      throw new Fields.Bad("v", "a version this build does not read: " + version);
    }
    Fields body = fields.object("body");
    Fact fact = FactReader.read(type, body);
    body.end();
    return fact;
  }

  /** Reads what {@link #write} writes. */
  public static Parsed<RecordedFact> read(Json.Obj json) {
    try {
      Fields fields = new Fields(json, "entry");
      Fact fact = fact(fields);
      Actor by = Actor.parse(fields.rawObject("by")).orThrow();
      FactDraft draft = new FactDraft(by, about(fields), command(fields), fact);
      long position = fields.integer("n");
      Instant at = fields.instant("at");
      Previous previous = previous(fields.object("previous"));
      fields.end();
      return Parsed.ok(new RecordedFact(position, at, previous, draft));
    } catch (Fields.Bad bad) {
      return Parsed.refused(List.of(bad.problem()));
    } catch (IllegalArgumentException e) {
      // A constructor's own check: the stored fact says what no fact can say.
      return Parsed.refused("entry", String.valueOf(e.getMessage()), "restore the entry");
    }
  }

  private static void about(JsonSink out, About about) {
    about.dossier().ifPresent(d -> out.put("dossier", d));
    about.policies().ifPresent(d -> out.put("policies", d));
    about.task().ifPresent(t -> out.put("task", t.value()));
    about.workflow().ifPresent(w -> out.put("workflow", w.value()));
  }

  private static About about(Fields fields) {
    Fields about = fields.object("about");
    About value =
        new About(
            about.maybe("workflow", WorkflowId::parse),
            about.maybe("task", TaskId::parse),
            about.maybe("dossier", Digest::parse),
            about.maybe("policies", Digest::parse));
    about.end();
    return value;
  }

  private static void command(JsonSink out, CommandKey key) {
    out.put("key", key.key()).put("request", key.request()).put("until", key.until().toString());
  }

  private static Optional<CommandKey> command(Fields fields) {
    return fields
        .maybeObject("command")
        .map(c -> {
          CommandKey key = new CommandKey(c.digest("key"), c.digest("request"), c.instant("until"));
          c.end();
          return key;
        });
  }

  private static void previous(JsonSink out, Previous previous) {
    previous.task().ifPresent(l -> out.put("task", l, FactCodec::link));
    previous.workflow().ifPresent(l -> out.put("workflow", l, FactCodec::link));
  }

  private static Previous previous(Fields fields) {
    Previous previous =
        new Previous(
            fields.maybeObject("workflow").map(FactCodec::link),
            fields.maybeObject("task").map(FactCodec::link));
    fields.end();
    return previous;
  }

  private static void link(JsonSink out, Link link) {
    out.put("leaf", link.leaf()).put("n", link.position());
  }

  private static Link link(Fields fields) {
    Link link = new Link(fields.integer("n"), fields.digest("leaf"));
    fields.end();
    return link;
  }
}
