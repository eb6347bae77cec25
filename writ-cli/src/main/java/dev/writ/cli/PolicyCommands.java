package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.World;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands about policy sets. */
final class PolicyCommands {
  private PolicyCommands() {}

  /** Which of the two sets. */
  enum Kind {
    ADMISSION,
    GUARDRAILS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A command that sends a file of policies. */
  abstract static class Sending extends Asking {
    @Parameters(index = "0", paramLabel = "SET", description = "admission or guardrails")
    Kind kind = Kind.ADMISSION;

    @Parameters(
        index = "1",
        paramLabel = "FILE",
        description = "a file of Cedar policies, or - for standard input")
    private String file = "";

    Sending(World world) {
      super(world);
    }

    Exit send(Api api, String path, String done) {
      byte[] bytes = Documents.read(remote.world(), file);
      Json.Obj reply =
          api.post("/v1/policies/" + kind + path, new Api.Body(Api.TEXT, bytes), Map.of());
      out.result(
          reply,
          () -> {
            out.say(done + " " + kind);
            out.fields(Show.fields(reply, List.of("policies", "count")));
          });
      return Exit.OK;
    }
  }

  /** {@code writ policy check}. */
  @Command(
      name = "check",
      description = {
        "Checks policies against the catalogue in force, without publishing them.",
        "They must parse, validate against the schema, and carry known annotations."
      },
      footer = {"", "Example:", "  writ policy check guardrails guardrails.cedar"})
  static final class Check extends Sending {
    Check(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      return send(api, "/check", "valid:");
    }
  }

  /** {@code writ policy publish}. */
  @Command(
      name = "publish",
      description = "Puts a policy set in force. Needs the publisher's duty.",
      footer = {"", "Example:", "  writ policy publish admission admission.cedar"})
  static final class Publish extends Sending {
    Publish(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      return send(api, "", "published");
    }
  }

  /** {@code writ policy list}. */
  @Command(
      name = "list",
      description = "Lists the policy sets in force.",
      footer = {"", "Example:", "  writ policy list"})
  static final class ListThem extends Asking {
    ListThem(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.get("/v1/policies");
      out.result(
          reply,
          () -> {
            List<Json.Obj> sets = Show.objects(reply, "sets");
            if (sets.isEmpty()) {
              out.say("no policy set is published; `writ policy publish` does it");
            }
            for (Json.Obj set : sets) {
              out.say(set.text("kind").orElse(""));
              out.fields(Show.fields(set, List.of("policies", "count")));
            }
          });
      return Exit.OK;
    }
  }

  /** {@code writ policy show}. */
  @Command(
      name = "show",
      description = "Prints a policy set in force.",
      footer = {"", "Example:", "  writ policy show admission"})
  static final class ShowOne extends Asking {
    @Parameters(paramLabel = "SET", description = "admission or guardrails")
    private Kind kind = Kind.ADMISSION;

    ShowOne(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.get("/v1/policies/" + kind);
      out.result(reply, () -> out.text(reply.text("text").orElse("")));
      return Exit.OK;
    }
  }
}
