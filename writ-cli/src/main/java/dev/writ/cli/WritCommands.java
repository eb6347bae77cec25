package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The commands about writs in force. */
final class WritCommands {
  private WritCommands() {}

  /** {@code writ writs}. */
  @Command(
      name = "writs",
      description = "Lists the writs that have not ended.",
      footer = {"", "Example:", "  writ writs --json"})
  static final class ListThem implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    ListThem(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      try (var api = remote.api()) {
        Json.Obj reply = api.get("/v1/writs");
        out.result(
            reply,
            () -> {
              List<Json.Obj> writs = Show.objects(reply, "writs");
              if (writs.isEmpty()) {
                out.say("no writ is in force; `writ spec submit FILE` begins one");
              }
              for (Json.Obj writ : writs) {
                out.say(writ.text("writ").orElse(""));
                out.fields(Show.fields(writ, List.of("workload", "requester", "until")));
              }
            });
        return 0;
      }
    }
  }

  /** {@code writ show}. */
  @Command(
      name = "show",
      description = "Shows one writ: whom it binds, to what, until when.",
      footer = {"", "Example:", "  writ show wrt_01j9x3a8h2m4k6p8r0t2v4w6y8"})
  static final class ShowOne implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    @Parameters(paramLabel = "WRIT", description = "the writ's id")
    private String writ = "";

    ShowOne(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      try (var api = remote.api()) {
        Json.Obj reply = api.get("/v1/writs/" + Paths.segment(writ));
        out.result(reply, () -> people(reply));
        return 0;
      }
    }

    private void people(Json.Obj reply) {
      out.fields(
          Show.fields(
              reply,
              List.of(
                  "writ",
                  "workflow",
                  "in_force",
                  "until",
                  "workload",
                  "requester",
                  "owners",
                  "delegates",
                  "delegation_depth",
                  "task_seconds",
                  "dossier",
                  "spec")));
      out.say("  may:");
      for (Json.Obj permission : Show.objects(reply, "scope")) {
        out.say("    " + Show.text(permission));
      }
    }
  }

  /** {@code writ end}. */
  @Command(
      name = "end",
      description = {
        "Ends a writ now, with every task and token under it.",
        "That is one recorded fact. Its requester, an owner or an operator may."
      },
      footer = {"", "Example:", "  writ end wrt_01j9x3a8h2m4k6p8r0t2v4w6y8"})
  static final class End implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    @Parameters(paramLabel = "WRIT", description = "the writ's id")
    private String writ = "";

    End(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      try (var api = remote.api()) {
        Json.Obj reply =
            api.post("/v1/writs/" + Paths.segment(writ) + "/end", Json.object().build());
        out.result(reply, () -> out.say(writ + " has ended, with everything under it"));
        return 0;
      }
    }
  }
}
