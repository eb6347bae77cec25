package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.server.config.Config;
import dev.writ.server.main.Joining;
import dev.writ.server.main.StartRefused;
import dev.writ.server.peer.JoinDoor;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands by which one more node gets the ledger's keys. */
final class NodeCommands {
  private NodeCommands() {}

  /** {@code writ node offer}. */
  @Command(
      name = "offer",
      description = {
        "Yields a one-time code by which one more node takes the ledger's keys.",
        "It is good for ten minutes. Needs the operator's duty. Whoever has the code",
        "gets every key of this ledger: hand it over as you would hand over those."
      },
      footer = {"", "Example:", "  writ node offer"})
  static final class Offer extends Asking {
    Offer(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.post("/v1/nodes/offers", Json.object().build());
      out.result(
          reply,
          () -> {
            out.say("code   " + reply.text("code").orElse(""));
            out.say("until  " + reply.text("until").orElse(""));
            out.say("It is shown once. On the machine of the new node:");
            out.say("  writ node join CODE --server " + remote.url() + " --database JDBC-URL ...");
          });
      return Exit.OK;
    }
  }

  /** {@code writ node join}. */
  @Command(
      name = "join",
      description = {
        "Makes the data folder of one more node, with the keys of one that runs.",
        "The code never leaves this machine, and the keys come sealed to it. A",
        "passphrase that opens the key file does not come along: bring it yourself."
      },
      footer = {
        "",
        "Example:",
        "  writ node join enr_01j9x3.4f2a --server http://10.0.0.5:7878 \\",
        "    --database jdbc:postgresql://db.example/writ \\",
        "    --database-password-file /run/secrets/writ-db"
      })
  static final class Join implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CODE", description = "as `writ node offer` printed it")
    private String code = "";

    Join(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      World world = remote.world();
      Config config = ConfigFlags.config(spec, world);
      try (Api api = remote.anonymous()) {
        Joining.Joined joined =
            Joining.run(
                config,
                new Joining.Request(code, ask -> api.post(JoinDoor.PATH, ask)),
                world.entropy(),
                world.clock());
        Json.Obj said =
            Json.object()
                .put("data", joined.data())
                .put("node", joined.node())
                .put("issuer", joined.issuer())
                .put("entries", joined.entries())
                .put("listen", joined.listen())
                .build();
        out.result(said, () -> people(joined));
        return Exit.OK.status();
      } catch (StartRefused e) {
        throw InitCommand.refused(e);
      }
    }

    private void people(Joining.Joined joined) {
      out.say("joined the ledger of " + joined.issuer());
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("data", joined.data());
      fields.put("node", joined.node());
      fields.put("entries", String.valueOf(joined.entries()));
      fields.put("listens", joined.listen());
      out.fields(fields);
      out.say("next: `writ serve --data " + joined.data() + "`");
    }
  }
}
