package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Problem;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the person at the terminal for what drafts leave open, one slot after the other. An empty
 * line leaves a slot open; the end of the input ends it all. Every answer is sent at once, so that
 * what does not fit is asked again.
 */
final class Interview {
  private final Api api;
  private final Output out;
  private final World world;
  private final BufferedReader in;

  Interview(Api api, Output out, World world) {
    this.api = api;
    this.out = out;
    this.world = world;
    this.in = new BufferedReader(new InputStreamReader(world.in(), StandardCharsets.UTF_8));
  }

  /** Shows each draft and asks; what was answered takes the draft's place in the list. */
  void of(List<Json.Obj> drafts) {
    for (int i = 0; i < drafts.size(); i++) {
      DraftText text = new DraftText(out, world.colour());
      text.print(drafts.get(i));
      Json.Obj after = asked(drafts.get(i));
      if (!after.equals(drafts.get(i))) {
        out.say("");
        text.print(after);
      }
      drafts.set(i, after);
    }
  }

  private Json.Obj asked(Json.Obj draft) {
    Set<String> skipped = new LinkedHashSet<>();
    Json.Obj now = draft;
    for (Optional<Json.Obj> next = open(now, skipped);
        next.isPresent();
        next = open(now, skipped)) {
      String slot = next.get().text("slot").orElse("");
      Optional<List<String>> answer = ask(next.get());
      if (answer.isEmpty()) {
        return now;
      }
      if (answer.get().isEmpty()) {
        skipped.add(slot);
        continue;
      }
      now = sent(now, slot, answer.get());
    }
    return now;
  }

  private static Optional<Json.Obj> open(Json.Obj draft, Set<String> skipped) {
    return Show.objects(draft, "questions").stream()
        .filter(q -> !skipped.contains(q.text("slot").orElse("")))
        .findFirst();
  }

  /** The values typed; none for an empty line, nothing at the end of the input. */
  private Optional<List<String>> ask(Json.Obj question) {
    List<String> choices =
        question.array("choices").orElse(List.of()).stream().map(Show::text).toList();
    out.say("");
    out.say(question.text("ask").orElse("") + "  (" + question.text("slot").orElse("") + ")");
    for (int i = 0; i < choices.size(); i++) {
      out.say("  " + (i + 1) + "  " + choices.get(i));
    }
    out.prompt(choices.isEmpty() ? "> " : "number or value, empty to leave it open > ");
    Optional<String> line = line();
    if (line.isEmpty()) {
      out.say("");
    }
    String slot = question.text("slot").orElse("");
    return line.map(l -> values(Slots.values(slot, l), choices));
  }

  private static List<String> values(List<String> typed, List<String> choices) {
    List<String> values = new ArrayList<>();
    for (String each : typed) {
      String value = each.strip();
      if (value.matches("[0-9]{1,3}") && !choices.isEmpty()) {
        int number = Integer.parseInt(value);
        value = number >= 1 && number <= choices.size() ? choices.get(number - 1) : value;
      }
      if (!value.isEmpty()) {
        values.add(whole(value, choices));
      }
    }
    return values;
  }

  /** The choice of which this is the end, when there is just one: an id without its dimension. */
  private static String whole(String value, List<String> choices) {
    List<String> ends = choices.stream().filter(c -> c.endsWith("=" + value)).toList();
    return ends.size() == 1 ? ends.getFirst() : value;
  }

  private Optional<String> line() {
    try {
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Json.Obj sent(Json.Obj draft, String slot, List<String> values) {
    Json.Obj answers = Json.object().put(slot, Json.strings(values)).build();
    try {
      return api.post(
          "/v1/drafts/" + draft.text("workflow").orElse("") + "/answers",
          Json.object().put("answers", answers).build());
    } catch (Failure failure) {
      if (failure.exit() != Exit.INPUT) {
        throw failure;
      }
      for (Problem p : failure.problems()) {
        out.say("that does not fit: " + p.what() + "; " + p.remedy());
      }
      return draft;
    }
  }
}
