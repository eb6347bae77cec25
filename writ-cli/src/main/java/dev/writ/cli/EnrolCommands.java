package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.OwnerFiles;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands by which a workload gets the key it authenticates with. */
final class EnrolCommands {
  private EnrolCommands() {}

  /** {@code writ enrol offer}. */
  @Command(
      name = "offer",
      description = {
        "Yields a one-time code by which a workload enrols its key.",
        "It is good for ten minutes. A requester or owner of the writ may ask for it."
      },
      footer = {
        "",
        "Example:",
        "  writ enrol offer wrt_01j9x3a8h2m4k6p8r0t2v4w6y8 \\",
        "    --workload spiffe://brightwater.example/finance/matcher"
      })
  static final class Offer implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    @Parameters(paramLabel = "WRIT", description = "the writ's id")
    private String writ = "";

    @Option(
        names = "--workload",
        required = true,
        paramLabel = "ID",
        description = "the writ's workload, or one it may delegate to")
    private String workload = "";

    Offer(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      try (var api = remote.api()) {
        Json.Obj reply =
            api.post(
                "/v1/writs/" + Paths.segment(writ) + "/enrolments",
                Json.object().put("workload", workload).build());
        out.result(
            reply,
            () -> {
              out.say("code   " + reply.text("code").orElse(""));
              out.say("until  " + reply.text("until").orElse(""));
              out.say("It is shown once. Where the workload runs:");
              out.say("  writ enrol redeem CODE --key KEYFILE");
            });
        return 0;
      }
    }
  }

  /** {@code writ enrol redeem}. */
  @Command(
      name = "redeem",
      description = {
        "Makes a key pair and enrols it with a one-time code.",
        "The pair is kept in a file readable by you alone; its private half never",
        "leaves that file."
      },
      footer = {"", "Example:", "  writ enrol redeem enr_01j9x3.4f2a --key matcher.jwk"})
  static final class Redeem implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    @Parameters(paramLabel = "CODE", description = "as `writ enrol offer` printed it")
    private String code = "";

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "where to keep the key pair; must not exist")
    private Path file = Path.of("");

    Redeem(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() throws IOException {
      if (Files.exists(file)) {
        throw Failure.of(
            Exit.INPUT,
            "file-exists",
            "`" + file + "` is there already",
            "name a new file; a key is never overwritten");
      }
      WorkloadKeyPair pair = WorkloadKeyPair.draw();
      try (var api = remote.anonymous()) {
        // Kept first: a key that is enrolled and lost would need a new code.
        OwnerFiles.write(file, pair.file(""));
        String issuer = Issuer.of(api);
        Json.Obj reply;
        try {
          reply =
              api.post(
                  "/oauth/enrol",
                  Json.object()
                      .put("code", code)
                      .put("proof", pair.proof(issuer, code, remote.world()))
                      .build());
        } catch (Failure refused) {
          Files.deleteIfExists(file);
          throw refused;
        }
        String workload = reply.text("client_id").orElseThrow();
        OwnerFiles.write(file, pair.file(workload));
        out.result(
            reply,
            () -> {
              out.say("enrolled " + workload);
              out.say("  key    " + reply.text("key").orElse("") + " in " + file);
              out.say("  until  " + reply.text("until").orElse(""));
            });
        return 0;
      }
    }
  }
}
