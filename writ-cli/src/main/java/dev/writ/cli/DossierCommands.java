package dev.writ.cli;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about what waits for approval. */
final class DossierCommands {
  private DossierCommands() {}

  /** The path of a dossier that a person named. */
  private static String path(String typed) {
    return switch (Digest.parse(typed)) {
      case Parsed.Ok<Digest>(Digest digest) -> "/v1/dossiers/" + digest;
      case Parsed.Refused<Digest>(List<Problem> problems) ->
          throw Failure.of(Exit.INPUT, "input-invalid", "DIGEST names no dossier", problems);
    };
  }

  /** What admission policy says, in words. */
  static void admission(Output out, Json.Obj reply) {
    Json.Obj said = reply.object("admission").orElse(Json.object().build());
    out.say("admission: " + said.text("outcome").orElse(""));
    for (Json.Obj missing : Show.objects(said, "requires")) {
      String who = Show.list(missing, "eligible");
      out.say("  needs " + missing.text("requirement").orElse("") + " from " + who);
    }
    for (Json.Obj met : Show.objects(said, "met")) {
      String who = met.text("person").orElse("");
      out.say("  has " + met.text("requirement").orElse("") + " from " + who);
    }
    said.array("reasons").ifPresent(r -> out.say("  because " + Show.list(said, "reasons")));
    said.array("errors").ifPresent(r -> out.say("  because " + Show.list(said, "errors")));
  }

  /** {@code writ dossier list}. */
  @Command(
      name = "list",
      description = "Lists the dossiers that wait for approval.",
      footer = {"", "Example:", "  writ dossier list"})
  static final class ListThem extends Asking {
    ListThem(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.get("/v1/dossiers");
      out.result(
          reply,
          () -> {
            List<Json.Obj> dossiers = Show.objects(reply, "dossiers");
            if (dossiers.isEmpty()) {
              out.say("nothing waits for approval");
            }
            for (Json.Obj dossier : dossiers) {
              out.say(dossier.text("dossier").orElse(""));
              out.fields(Show.fields(dossier, List.of("workflow", "requester", "missing")));
            }
          });
      return Exit.OK;
    }
  }

  /** {@code writ dossier show}. */
  @Command(
      name = "show",
      description = {
        "Shows all that an approval would bind to: spec, policies, what is missing.",
        "That you read it is recorded."
      },
      footer = {"", "Example:", "  writ dossier show DIGEST"})
  static final class ShowOne extends Asking {
    @Parameters(paramLabel = "DIGEST", description = "the dossier's digest, whole")
    private String dossier = "";

    ShowOne(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.get(path(dossier));
      out.result(
          reply,
          () -> {
            out.fields(Show.fields(reply, List.of("dossier", "workflow", "requester", "spec")));
            out.say("");
            out.text(reply.text("text").orElse(""));
            out.say("");
            out.text(reply.text("policies").orElse(""));
            out.say("");
            admission(out, reply);
          });
      return Exit.OK;
    }
  }

  /** {@code writ approve}. */
  @Command(
      name = "approve",
      description = {
        "Approves a dossier, bound to its exact bytes.",
        "The last approval brings the writ into force. The requester cannot approve."
      },
      footer = {"", "Example:", "  writ approve DIGEST --for approval:identity-owner"})
  static final class Approve extends Asking {
    @Parameters(paramLabel = "DIGEST", description = "the dossier's digest, whole")
    private String dossier = "";

    @Option(
        names = "--for",
        paramLabel = "REQUIREMENT",
        description = "which requirement you mean, when you could meet several")
    private Optional<String> requirement = Optional.empty();

    Approve(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Builder body = Json.object();
      requirement.ifPresent(r -> body.put("requirement", r));
      Json.Obj reply = api.post(path(dossier) + "/approvals", body.build());
      out.result(
          reply,
          () -> {
            out.say("approved: " + reply.text("requirement").orElse(""));
            admission(out, reply);
            reply.text("writ").ifPresent(w -> out.say("in force: " + w));
          });
      return Exit.OK;
    }
  }
}
