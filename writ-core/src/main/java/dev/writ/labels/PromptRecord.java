package dev.writ.labels;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.draft.Prompt;
import dev.writ.form.Names;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One prompt of a set.
 *
 * @param style kind of prompt, for the report; empty when there is none
 * @param expect the label; absent in a set that is only to be answered
 */
public record PromptRecord(String id, String style, Prompt prompt, Optional<Json.Obj> expect) {
  private static final Json.Bounds LINE = new Json.Bounds(1 << 20, 32, 50_000, true);

  /** Most problems that are listed; a file that is none has one a line. */
  private static final int MOST_PROBLEMS = 20;

  /** Reads JSON lines; every problem names its line. */
  public static Parsed<List<PromptRecord>> parseLines(String lines) {
    List<PromptRecord> out = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    String[] all = lines.split("\n", -1);
    for (int i = 0; i < all.length && problems.size() < MOST_PROBLEMS; i++) {
      if (all[i].isBlank()) {
        continue;
      }
      String place = "line " + (i + 1);
      Parsed<PromptRecord> read =
          Json.parseObject(all[i].getBytes(StandardCharsets.UTF_8), LINE).then(PromptRecord::parse);
      read.problems().forEach(p -> problems.add(p.within(place)));
      read.found()
          .ifPresent(r -> {
            if (ids.add(r.id())) {
              out.add(r);
            } else {
              problems.add(new Problem(place, "`" + r.id() + "` appears twice", "keep one"));
            }
          });
    }
    return problems.isEmpty() ? Parsed.ok(List.copyOf(out)) : Parsed.refused(problems);
  }

  /** Reads one record. */
  public static Parsed<PromptRecord> parse(Json.Obj json) {
    Optional<String> id = json.text("id");
    Optional<String> requester = json.text("requester").filter(Names::wellFormed);
    Optional<String> text = json.text("prompt");
    if (id.isEmpty() || text.isEmpty()) {
      return Parsed.refused("", "no record with an id and a prompt", "see a drafting set's README");
    }
    if (requester.isEmpty()) {
      return Parsed.refused("requester", "no person's id", "name the authenticated sender");
    }
    Instant now;
    try {
      now = Instant.parse(json.text("now").orElse(""));
    } catch (DateTimeException e) {
      return Parsed.refused("now", "this is no instant", "write 2026-10-08T07:45:00Z");
    }
    return Prompt.parse(text.get(), requester.get(), now)
        .map(prompt ->
            new PromptRecord(
                id.get(), json.text("style").orElse(""), prompt, json.object("expect")));
  }
}
