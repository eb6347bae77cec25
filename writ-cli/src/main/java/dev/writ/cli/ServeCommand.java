package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.server.config.Config;
import dev.writ.server.main.Serving;
import dev.writ.server.main.StartRefused;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code writ serve}. */
@Command(
    name = "serve",
    description = {
      "Starts the server: API, authorization server, gateway, and the embedded",
      "database unless you name your own. Ends gracefully on SIGTERM and Ctrl-C."
    },
    footer = {
      "",
      "Examples:",
      "  writ serve",
      "  writ serve --data ./ledger --listen 127.0.0.1:9000",
      "  writ serve --database jdbc:postgresql://db.example/writ \\",
      "    --database-password-file /run/secrets/writ-db"
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();
  @Spec private CommandSpec spec = CommandSpec.create();
  private final World world;

  ServeCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() throws InterruptedException {
    Config config = ConfigFlags.config(spec, world);
    CountDownLatch ended = new CountDownLatch(1);
    try (Serving serving = start(config)) {
      Thread hook = Thread.ofPlatform().unstarted(() -> stop(serving, ended));
      Runtime.getRuntime().addShutdownHook(hook);
      announce(serving);
      ended.await();
    }
    return Exit.OK.status();
  }

  private Serving start(Config config) {
    try {
      return Serving.start(config, world.entropy(), world.clock());
    } catch (StartRefused e) {
      throw InitCommand.refused(e);
    }
  }

  private static void stop(Serving serving, CountDownLatch ended) {
    serving.close();
    ended.countDown();
  }

  private void announce(Serving serving) {
    Fact.LedgerFounded founding = serving.ledger().government().founding().orElseThrow();
    String mode = founding.mode().name().toLowerCase(Locale.ROOT);
    Instant began = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    long millis = Duration.between(began, world.clock().instant()).toMillis();
    Json.Builder said =
        Json.object()
            .put("listening", serving.url())
            .put("issuer", founding.issuer())
            .put("mode", mode)
            .put("entries", serving.ledger().size())
            .put("database", serving.database())
            .put("signing", serving.signing())
            .put("started_ms", millis);
    serving.gateway().ifPresent(g -> said.put("gateway", g));
    out.result(
        said.build(),
        () -> {
          out.say("writ is serving (started in " + millis + " ms)");
          Map<String, String> fields = new LinkedHashMap<>();
          fields.put("API", serving.url());
          serving.gateway().ifPresent(g -> fields.put("gateway", g));
          fields.put("ledger", mode + ", " + serving.ledger().size() + " entries");
          fields.put("database", serving.database());
          fields.put("signing", serving.signing());
          out.fields(fields);
          out.say("next, in another terminal: `writ login --as " + founding.founder() + "`");
        });
  }
}
