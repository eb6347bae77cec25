package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code writ draft}. */
@Command(
    name = "draft",
    description = {
      "Makes drafts of a sentence: what was said, and what was not.",
      "Nothing is granted. Answer the open slots with --set; once none is open, the",
      "spec is printed, ready for `writ spec submit`."
    },
    footer = {
      "",
      "Examples:",
      "  writ draft \"match supplier invoices to purchase orders in staging\"",
      "  writ draft \"match supplier invoices\" --set until=2026-12-31T18:00:00Z \\",
      "    --set grants[0].targets=supplier=sup-118,supplier=sup-204 --spec match.yaml"
    })
final class DraftCommand extends Asking {
  @Parameters(paramLabel = "PROMPT", description = "what an agent should do, in your words")
  private String prompt = "";

  @Option(
      names = "--set",
      paramLabel = "SLOT=VALUE",
      description = "an answer; several values are separated by commas")
  private List<String> answers = List.of();

  @Option(
      names = "--draft",
      paramLabel = "N",
      description = "which draft the answers are for, when there are several; from 0")
  private int which;

  @Option(names = "--spec", paramLabel = "FILE", description = "where to write the finished spec")
  private Optional<Path> file = Optional.empty();

  DraftCommand(World world) {
    super(world);
  }

  @Override
  Exit ask(Api api) {
    Json.Obj made = api.post("/v1/drafts", Json.object().put("prompt", prompt).build());
    List<Json.Obj> drafts = Show.objects(made, "drafts");
    if (drafts.isEmpty()) {
      out.result(made, () -> out.say("the sentence asks for no access"));
      return Exit.OK;
    }
    if (answers.isEmpty()) {
      out.result(made, () -> drafts.forEach(this::people));
      return Exit.OK;
    }
    if (which < 0 || which >= drafts.size()) {
      throw Failure.of(
          Exit.INPUT,
          "input-invalid",
          "there is no draft " + which,
          "the sentence has " + drafts.size() + ", counted from 0");
    }
    Json.Obj draft = drafts.get(which);
    Json.Obj result =
        api.post(
            "/v1/drafts/" + draft.text("workflow").orElse("") + "/answers",
            Json.object().put("answers", given()).build());
    result.text("text").ifPresent(this::keep);
    out.result(result, () -> finished(result));
    return Exit.OK;
  }

  private Json.Obj given() {
    Map<String, Json> slots = new LinkedHashMap<>();
    for (String answer : answers) {
      int equals = answer.indexOf('=');
      if (equals < 1) {
        throw Failure.of(
            Exit.INPUT,
            "input-invalid",
            "`" + answer + "` is no answer",
            "write SLOT=VALUE, with a slot that the draft names");
      }
      slots.put(
          answer.substring(0, equals),
          Json.strings(List.of(answer.substring(equals + 1).split(",", -1))));
    }
    return new Json.Obj(slots);
  }

  private void keep(String text) {
    file.ifPresent(f -> {
      try {
        Files.writeString(f, text);
      } catch (IOException e) {
        throw Failure.of(
            Exit.CANNOT_RUN,
            "file-unwritable",
            "`" + f + "` cannot be written: " + e.getMessage(),
            "name another file with --spec");
      }
    });
  }

  private void finished(Json.Obj result) {
    if (result.text("text").isEmpty()) {
      people(result);
      return;
    }
    if (file.isEmpty()) {
      out.text(result.text("text").orElse(""));
    } else {
      out.say("the spec is in " + file.get());
    }
    out.say("next: `writ spec submit FILE --workflow " + result.text("workflow").orElse("") + "`");
  }

  private void people(Json.Obj one) {
    Json.Obj draft =
        Show.objects(one.object("draft").orElse(Json.object().build()), "workflows").getFirst();
    out.say("draft for workflow " + one.text("workflow").orElse(""));
    draft
        .object("slots")
        .orElse(Json.object().build())
        .members()
        .forEach((slot, value) -> {
          if (value instanceof Json.Obj state) {
            out.say("  " + slot + "  " + slotText(state));
          }
        });
    List<Json> open = draft.array("open").orElse(List.of());
    if (!open.isEmpty()) {
      out.say("open: " + Show.list(draft, "open"));
      out.say("next: say it again with --set SLOT=VALUE for each");
    }
  }

  private static String slotText(Json.Obj state) {
    String kind = state.text("state").orElse("");
    String what =
        state
            .get("values")
            .or(() -> state.get("candidates"))
            .or(() -> state.get("what"))
            .or(() -> state.get("why"))
            .map(Show::text)
            .orElse("");
    List<String> quotes =
        Show.objects(state, "quotes").stream()
            .map(q -> "\"" + q.text("text").orElse("") + "\"")
            .toList();
    String from = quotes.isEmpty() ? "" : " from " + String.join(", ", quotes);
    return kind + (what.isEmpty() ? "" : ": " + what) + from;
  }
}
