package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.server.config.Config;
import dev.writ.server.main.Doctor;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code writ doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks a data folder and its ledger over, while no server runs on it.",
      "Settings, keys and database; then every entry is folded again from the first",
      "and compared with the checkpoint, the state and the stored tiles."
    },
    footer = {
      "",
      "Exit status: 0 all is well, 1 something is not.",
      "",
      "Example:",
      "  writ doctor --data ./ledger"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();
  @Spec private CommandSpec spec = CommandSpec.create();
  private final World world;

  DoctorCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Config config = ConfigFlags.config(spec, world);
    List<Doctor.Finding> findings = Doctor.examine(config, world.entropy(), world.clock());
    boolean well = findings.stream().allMatch(Doctor.Finding::well);
    Json.Obj said =
        Json.object()
            .put("ok", well)
            .put("findings", Json.array(findings.stream().map(DoctorCommand::json).toList()))
            .build();
    out.result(
        said,
        () -> {
          for (Doctor.Finding each : findings) {
            out.say((each.well() ? "ok   " : "BAD  ") + each.name() + ": " + each.what());
          }
        });
    return (well ? Exit.OK : Exit.REFUSED).status();
  }

  private static Json.Obj json(Doctor.Finding finding) {
    return Json.object()
        .put("name", finding.name())
        .put("ok", finding.well())
        .put("what", finding.what())
        .build();
  }
}
