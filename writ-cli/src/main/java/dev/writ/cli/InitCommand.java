package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.server.config.Config;
import dev.writ.server.main.Founding;
import dev.writ.server.main.StartRefused;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code writ init}. */
@Command(
    name = "init",
    description = {
      "Founds a ledger: data folder, keys, database, and one founder.",
      "Mode, issuer and founder stand in the first fact for ever. The founder can only",
      "appoint others. Keep the key it prints where its operators cannot change it."
    },
    footer = {
      "",
      "Examples:",
      "  writ init --founder ada.quinn",
      "  writ init --mode production --founder ada.quinn \\",
      "    --url https://writ.example --database jdbc:postgresql://db.example/writ \\",
      "    --database-password-file /run/secrets/writ-db"
    })
final class InitCommand implements Callable<Integer> {
  /** What a ledger may be. */
  enum Mode {
    DEVELOPMENT,
    PRODUCTION;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final Output out = new Output();
  @Spec private CommandSpec spec = CommandSpec.create();
  private final World world;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "development (default) or production; for ever")
  private Mode mode = Mode.DEVELOPMENT;

  @Option(
      names = "--founder",
      required = true,
      paramLabel = "NAME",
      description = "the person who will appoint the others")
  private String founder = "";

  InitCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Config config = ConfigFlags.config(spec, world);
    Fact.Mode chosen =
        switch (mode) {
          case DEVELOPMENT -> Fact.Mode.DEVELOPMENT;
          case PRODUCTION -> Fact.Mode.PRODUCTION;
        };
    Founding.Founded founded = found(config, new Founding.Request(chosen, founder));
    Json.Obj said =
        Json.object()
            .put("data", founded.data())
            .put("mode", mode.toString())
            .put("issuer", founded.issuer())
            .put("founder", founder)
            .put("origin", founded.origin())
            .put("key", founded.key())
            .build();
    out.result(said, () -> people(founded));
    return Exit.OK.status();
  }

  private Founding.Founded found(Config config, Founding.Request request) {
    try {
      return Founding.run(config, request, world.entropy(), world.clock());
    } catch (StartRefused e) {
      throw refused(e);
    }
  }

  /** A server that does not start, for the one who started it. */
  static Failure refused(StartRefused e) {
    boolean again = e.name().equals("already-founded");
    return Failure.of(
        again ? Exit.REFUSED : Exit.CANNOT_RUN,
        e.name(),
        String.valueOf(e.getMessage()),
        e.remedy());
  }

  private void people(Founding.Founded founded) {
    out.say("founded a " + mode + " ledger");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("data", founded.data());
    fields.put("issuer", founded.issuer());
    fields.put("founder", founder);
    fields.put("database", founded.database());
    fields.put("key", founded.key());
    out.fields(fields);
    out.say("next: `writ serve`, and in another terminal `writ login --as " + founder + "`");
  }
}
