package dev.writ.server.runner;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Text;
import dev.writ.catalogue.StdioLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What gateway and runner tell each other over the runner's standard streams: one JSON object a
 * line. Nobody but the parent holds the pipe, so it needs no secret.
 */
sealed interface Note {
  /** Longest note: the longest line, each byte of it escaped. */
  int LONGEST = 6 * StdioLimits.LONGEST_LINE + 1_024;

  Json.Bounds BOUNDS = new Json.Bounds(LONGEST, 4, 1_000, true);

  /** The runner is there. */
  record Ready() implements Note {}

  /** Start this command and call it {@code id}. */
  record Open(long id, List<String> command, StdioLimits limits) implements Note {}

  /** Write this line to it. */
  record To(long id, String line) implements Note {}

  /** Stop it. */
  record Close(long id) implements Note {}

  /** It printed this line. */
  record From(long id, String line) implements Note {}

  /** It ended, or never began; the last of what it said on standard error. */
  record Ended(long id, String why, String stderr) implements Note {}

  private Json.Obj toJson() {
    return switch (this) {
      case Ready() -> Json.object().put("note", "ready").build();
      case Open(long id, List<String> command, StdioLimits limits) ->
          named("open", id)
              .put("command", Json.strings(command))
              .put("limits", limits.toJson())
              .build();
      case To(long id, String line) -> named("to", id).put("line", line).build();
      case Close(long id) -> named("close", id).build();
      case From(long id, String line) -> named("from", id).put("line", line).build();
      case Ended(long id, String why, String stderr) ->
          named("ended", id).put("why", why).put("stderr", stderr).build();
    };
  }

  private static Json.Builder named(String note, long id) {
    return Json.object().put("note", note).put("id", id);
  }

  /** Writes the note; writers take turns. */
  default void write(OutputStream out) throws IOException {
    // Canonical JSON escapes line breaks, so a note is one line.
    byte[] json = toJson().canonical();
    byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    synchronized (out) {
      out.write(line);
      out.flush();
    }
  }

  /** Reads one note. */
  static Parsed<Note> parse(byte[] line) {
    return Json.parseObject(line, BOUNDS).then(Note::read);
  }

  private static Parsed<Note> read(Json.Obj obj) {
    long id = obj.integer("id").orElse(-1L);
    String line = obj.text("line").orElse("");
    String note = obj.text("note").orElse("");
    return switch (note) {
      case "ready" -> Parsed.ok(new Ready());
      case "open" ->
          StdioLimits.parse(obj.get("limits").orElse(new Json.Null()))
              .map(limits -> new Open(id, words(obj), limits));
      case "to" -> Parsed.ok(new To(id, line));
      case "close" -> Parsed.ok(new Close(id));
      case "from" -> Parsed.ok(new From(id, line));
      case "ended" ->
          Parsed.ok(new Ended(id, obj.text("why").orElse(""), obj.text("stderr").orElse("")));
      default -> Parsed.refused("note", "`" + Text.excerpt(note) + "` is unknown", "update both");
    };
  }

  private static List<String> words(Json.Obj obj) {
    List<String> words = new ArrayList<>();
    for (Json item : obj.array("command").orElse(List.of())) {
      if (item instanceof Json.Str(String word)) {
        words.add(word);
      }
    }
    return words;
  }

  /** Strict UTF-8; empty when the bytes are not. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString());
    } catch (java.nio.charset.CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
