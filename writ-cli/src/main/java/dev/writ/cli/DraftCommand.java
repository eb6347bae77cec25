package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.WorkflowId;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code writ draft}. */
@Command(
    name = "draft",
    description = {
      "Makes drafts of what you type: what was said, where, and what was not said.",
      "Nothing is granted, and nothing is filled in for you. On a terminal you are asked",
      "for what is open; elsewhere answer with --set. Once nothing is open, the spec is",
      "printed, or submitted for review with --submit."
    },
    footer = {
      "",
      "Examples:",
      "  writ draft \"match supplier invoices to purchase orders in staging\"",
      "  writ draft --from request.txt --set owners.product=noor.haddad --json",
      "  writ draft wf_01j9x3a8h2m4k6p8r0t2v4w6y8 --set until=2026-12-31 --submit"
    })
final class DraftCommand extends Asking {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "what an agent should do, in your words; or the workflow of a draft")
  private Optional<String> prompt = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "read the prompt from a file, or - for standard input")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "SLOT=VALUE",
      description = "an answer; several values are separated by commas")
  private List<String> answers = List.of();

  @Option(
      names = "--without",
      paramLabel = "LINE",
      description = "a line no longer asked for, such as grants[1]")
  private List<String> without = List.of();

  @Option(
      names = "--draft",
      paramLabel = "N",
      description = "which draft is meant, when there are several; from 0")
  private int which;

  @Option(names = "--spec", paramLabel = "FILE", description = "where to write the finished spec")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--submit",
      description = "submit the finished spec for review; people still approve it")
  private boolean submit;

  @ArgGroup(exclusive = false, heading = "%nMany prompts at once, without a server:%n")
  private DraftBatch batch = new DraftBatch();

  DraftCommand(World world) {
    super(world);
  }

  @Override
  public Integer call() {
    return batch.asked() ? batch.run(remote.world(), out).status() : super.call();
  }

  @Override
  Exit ask(Api api) {
    Json.Obj made = made(api);
    List<Json.Obj> drafts = new ArrayList<>(Show.objects(made, "drafts"));
    if (drafts.isEmpty()) {
      out.result(made, () -> nothingAsked(made));
      return Exit.OK;
    }
    boolean acts = !answers.isEmpty() || !without.isEmpty() || submit || file.isPresent();
    if (acts && (which < 0 || which >= drafts.size())) {
      throw SpecSource.wrong(
          "there is no draft " + which, "there are " + drafts.size() + ", counted from 0");
    }
    if (!answers.isEmpty() || !without.isEmpty()) {
      drafts.set(which, answered(api, drafts.get(which)));
    }
    if (!out.json() && remote.world().attended()) {
      new Interview(api, out, remote.world()).of(drafts);
    } else if (!out.json()) {
      drafts.forEach(d -> new DraftText(out, remote.world().colour()).print(d));
    }
    Optional<Json.Obj> submitted = Optional.empty();
    if (submit) {
      submitted = Optional.of(submitted(api, drafts.get(which)));
    }
    Json.Builder all = Json.object();
    made.members().forEach((k, v) -> all.put(k, k.equals("drafts") ? Json.array(drafts) : v));
    all.putIfPresent("submitted", submitted);
    Optional<Json.Obj> dossier = submitted;
    out.result(all.build(), () -> finished(api, drafts, dossier));
    if (file.isPresent()) {
      keep(drafts.get(which), file.get());
    }
    return Exit.OK;
  }

  /** Drafts of a prompt, or the one of a workflow that was drafted before. */
  private Json.Obj made(Api api) {
    if (prompt.isPresent() == from.isPresent()) {
      throw SpecSource.wrong(
          "there is " + (from.isPresent() ? "more than one prompt" : "no prompt"),
          "type it in quotes, or name a file with --from");
    }
    String text =
        prompt.orElseGet(() ->
            new String(Documents.read(remote.world(), from.orElseThrow()), StandardCharsets.UTF_8));
    if (from.isEmpty() && WorkflowId.parse(text).found().isPresent()) {
      Json.Obj one = api.get("/v1/drafts/" + text);
      return Json.object().put("drafts", Json.array(List.of(one))).build();
    }
    return api.post("/v1/drafts", Json.object().put("prompt", text).build());
  }

  private void nothingAsked(Json.Obj made) {
    boolean question = made.text("intent").orElse("").equals("question");
    out.say(
        question
            ? "this asks a question, and asks for no access; nothing was drafted"
            : "this asks for no access; nothing was drafted");
    for (Json flag : made.array("flags").orElse(List.of())) {
      out.say("  " + FlagText.of(Show.text(flag)));
    }
    out.say("next: say which agent is to do what, where, until when, and who answers for it");
  }

  private Json.Obj answered(Api api, Json.Obj one) {
    return api.post(
        path(one, "answers"),
        Json.object().put("answers", given()).put("without", Json.strings(without)).build());
  }

  private static String path(Json.Obj one, String what) {
    return "/v1/drafts/" + one.text("workflow").orElse("") + "/" + what;
  }

  private Json.Obj submitted(Api api, Json.Obj one) {
    return api.post(path(one, "submit"), Json.object().build());
  }

  private Json.Obj given() {
    Map<String, Json> slots = new LinkedHashMap<>();
    for (String answer : answers) {
      int equals = answer.indexOf('=');
      if (equals < 1) {
        throw SpecSource.wrong(
            "`" + answer + "` is no answer", "write SLOT=VALUE, with a slot that the draft names");
      }
      String slot = answer.substring(0, equals);
      slots.put(slot, Json.strings(Slots.values(slot, answer.substring(equals + 1))));
    }
    return new Json.Obj(slots);
  }

  private void finished(Api api, List<Json.Obj> drafts, Optional<Json.Obj> dossier) {
    if (dossier.isPresent()) {
      out.say("submitted:");
      out.fields(
          Show.fields(dossier.get(), List.of("workflow", "dossier", "spec", "generated", "writ")));
      DossierCommands.admission(out, dossier.get());
      return;
    }
    for (Json.Obj one : drafts) {
      String again = "`writ draft " + one.text("workflow").orElse("");
      List<Json.Obj> open = Show.objects(one, "questions");
      if (one.text("text").isPresent()) {
        spec(api, one.text("text").get());
        out.say("submit it for review with " + again + " --submit`");
      } else if (!open.isEmpty()) {
        String slot = open.getFirst().text("slot").orElse("");
        out.say("answer with " + again + " --set " + slot + "=VALUE`");
      }
      one.array("next").orElse(List.of()).forEach(n -> inForce(Show.text(n)));
    }
  }

  /** How to do what a draft about access there is asks for; drafting never does it. */
  private void inForce(String next) {
    Matcher writ = Pattern.compile("end (wrt_[0-9a-z]{26})").matcher(next);
    Matcher workflow = Pattern.compile("of workflow (wf_[0-9a-z]{26})").matcher(next);
    if (writ.find()) {
      out.say("do that with `writ end " + writ.group(1) + "`");
    } else if (workflow.find()) {
      String id = workflow.group(1);
      out.say("begin with `writ spec show " + id + " > spec.yaml`");
      out.say("then change it, and `writ diff " + id + " spec.yaml`");
      out.say("then `writ spec submit spec.yaml --workflow " + id + "`");
    }
  }

  /** The finished spec, and what policy adds to it. */
  private void spec(Api api, String text) {
    if (file.isEmpty()) {
      out.say("");
      out.text(text);
      out.say("");
    }
    Api.Body body = new Api.Body(Api.YAML, text.getBytes(StandardCharsets.UTF_8));
    out.say("before it is in force:");
    DossierCommands.admission(out, api.post("/v1/specs/check", body, Map.of()));
  }

  private void keep(Json.Obj one, Path file) {
    String text =
        one.text("text")
            .orElseThrow(() ->
                Failure.of(
                    Exit.REFUSED,
                    "input-invalid",
                    "There is no spec yet: something is still open",
                    "answer it with --set SLOT=VALUE"));
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw Failure.of(
          Exit.CANNOT_RUN,
          "file-unwritable",
          "`" + file + "` cannot be written: " + e.getMessage(),
          "name another file with --spec");
    }
    if (!out.json()) {
      out.say("the spec is in " + file);
    }
  }
}
