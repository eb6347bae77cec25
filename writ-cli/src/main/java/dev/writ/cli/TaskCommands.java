package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about one run of a workflow. */
final class TaskCommands {
  private TaskCommands() {}

  static String text(Json json) {
    return new String(json.canonical(), StandardCharsets.UTF_8);
  }

  /** {@code writ task open}. */
  @Command(
      name = "open",
      description = {
        "Opens a task as a workload, and gets its first token.",
        "The token is printed, or kept in a file readable by you alone with --out."
      },
      footer = {
        "",
        "Example:",
        "  writ task open wrt_01j9x3a8h2m4k6p8r0t2v4w6y8 --key matcher.jwk \\",
        "    --out task.token"
      })
  static final class Open implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final OauthCaller caller = new OauthCaller();
    @Mixin private final Remote remote;

    @Parameters(paramLabel = "WRIT", description = "the writ's id")
    private String writ = "";

    @Option(names = "--out", paramLabel = "FILE", description = "where to keep the token")
    private Optional<Path> file = Optional.empty();

    Open(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      Json.Obj detail = Json.object().put("type", "urn:writ:task").put("writ", writ).build();
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("grant_type", "client_credentials");
      fields.put("authorization_details", text(Json.array(List.of(detail))));
      Json.Obj reply = caller.send(remote, "/oauth/token", fields);
      String kept = OauthCaller.keep(reply, file);
      out.result(reply, () -> TokenCommands.say(out, reply, kept));
      return 0;
    }
  }

  /** {@code writ task list}. */
  @Command(
      name = "list",
      description = "Lists the tasks that are not settled.",
      footer = {"", "Example:", "  writ task list --json"})
  static final class ListThem extends Asking {
    ListThem(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.get("/v1/tasks");
      out.result(
          reply,
          () -> {
            List<Json.Obj> tasks = Show.objects(reply, "tasks");
            if (tasks.isEmpty()) {
              out.say("no task is open");
            }
            for (Json.Obj task : tasks) {
              out.say(task.text("task").orElse("") + "  " + task.text("standing").orElse(""));
              out.fields(Show.fields(task, List.of("workload", "writ", "until")));
            }
          });
      return Exit.OK;
    }
  }

  /** {@code writ task show}. */
  @Command(
      name = "show",
      description = "Shows one task: who runs it, its tokens, what it used, what is lost.",
      footer = {"", "Example:", "  writ task show tsk_01j9x3a8h2m4k6p8r0t2v4w6y8"})
  static final class ShowOne extends Asking {
    @Parameters(paramLabel = "TASK", description = "the task's id")
    private String task = "";

    ShowOne(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.get("/v1/tasks/" + Paths.segment(task));
      out.result(reply, () -> people(reply));
      return Exit.OK;
    }

    private void people(Json.Obj reply) {
      List<String> head =
          List.of("task", "standing", "cause", "workflow", "writ", "workload", "requester");
      List<String> rest = List.of("until", "live_tokens", "used", "waiting_calls", "lost_calls");
      Map<String, String> fields = new LinkedHashMap<>(Show.fields(reply, head));
      fields.putAll(Show.fields(reply, rest));
      out.fields(fields);
      for (Json.Obj token : Show.objects(reply, "tokens")) {
        out.say("  token " + token.text("token").orElse(""));
        out.fields(Show.fields(token, List.of("workload", "depth", "parent", "until")));
      }
    }
  }

  /** {@code writ task complete}. */
  @Command(
      name = "complete",
      description = {
        "Ends a task; everything derived from it is revoked by one recorded fact.",
        "Its requester or an owner may. A workload ends its own by revoking the",
        "task's first token: `writ token revoke`."
      },
      footer = {"", "Example:", "  writ task complete tsk_01j9x3a8h2m4k6p8r0t2v4w6y8 --stop"})
  static final class Complete extends Asking {
    @Parameters(paramLabel = "TASK", description = "the task's id")
    private String task = "";

    @Option(names = "--stop", description = "the work is not done: record it as revoked")
    private boolean stop;

    Complete(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj body = Json.object().put("cause", stop ? "revoked" : "completed").build();
      Json.Obj reply = api.post("/v1/tasks/" + Paths.segment(task) + "/complete", body);
      long revoked = reply.integer("revoked").orElse(0L);
      out.result(reply, () -> out.say(task + " has ended; tokens revoked: " + revoked));
      return Exit.OK;
    }
  }
}
