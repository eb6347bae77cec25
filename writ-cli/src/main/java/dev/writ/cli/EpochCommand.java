package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Text;
import dev.writ.server.config.Config;
import dev.writ.server.main.NewEpoch;
import dev.writ.server.main.StartRefused;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code writ ledger epoch}. */
@Command(
    name = "epoch",
    description = {
      "Opens a new epoch after a fork: takes the stored log as it is.",
      "For when the database that held what was acknowledged is gone for good. Runs on",
      "the data folder of the node that says `ledger-forked`, while no server does.",
      "What is not in the stored log is lost, and the epoch's first fact says so; all",
      "tasks and tokens end; what was revoked since is in force again until you revoke",
      "it again. The log goes on under a new origin, and so under the key it prints."
    },
    footer = {
      "",
      "Exit status: 0 opened, 1 not confirmed, 3 cannot be opened.",
      "",
      "Example:",
      "  writ ledger epoch --data ./ledger --as ada.quinn"
    })
final class EpochCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();
  @Spec private CommandSpec spec = CommandSpec.create();
  private final World world;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "NAME",
      description = "who gives the order: a founder or operator")
  private String person = "";

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      description = "the new origin; default: the founding one with the epoch's number")
  private Optional<String> origin = Optional.empty();

  @Option(names = "--yes", description = "do not ask for confirmation")
  private boolean yes;

  EpochCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException {
    Config config = ConfigFlags.config(spec, world);
    try (NewEpoch order = NewEpoch.prepare(config, world.entropy(), world.clock())) {
      NewEpoch.Loss loss = order.loss();
      String name = origin.orElse(loss.origin());
      if (!yes) {
        confirm(loss, name);
      }
      NewEpoch.Opened opened = order.open(person, name);
      out.result(json(loss, opened), () -> people(loss, opened));
      return Exit.OK.status();
    } catch (StartRefused e) {
      throw InitCommand.refused(e);
    }
  }

  /** Shown where scripts do not read, so that --json stays one object. */
  private void confirm(NewEpoch.Loss loss, String name) throws IOException {
    warned(loss).forEach(out::warn);
    out.warn("type the new origin, `" + name + "`, to open the epoch:");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(world.in(), StandardCharsets.UTF_8));
    String typed = in.readLine();
    if (typed == null || !typed.strip().equals(name)) {
      throw Failure.of(
          Exit.REFUSED,
          "not-confirmed",
          "Nothing was done: "
              + (typed == null ? "nothing was typed" : "`" + Text.excerpt(typed) + "` was typed"),
          "type `" + name + "`, or add --yes");
    }
  }

  private static List<String> warned(NewEpoch.Loss loss) {
    return List.of(
        loss.why(),
        "this node acknowledged " + loss.acknowledged() + " entries, root " + loss.root(),
        "the stored log has " + loss.stored() + ", the last of " + loss.storedAt(),
        "lost: " + lost(loss),
        "all tasks and tokens end; what was revoked after "
            + loss.storedAt()
            + " is in force"
            + " again");
  }

  private static String lost(NewEpoch.Loss loss) {
    return loss.missing() > 0
        ? loss.missing() + " acknowledged entries at least, from entry " + loss.stored() + " on"
        : "acknowledged entries that others stand in the place of";
  }

  private static Json.Obj json(NewEpoch.Loss loss, NewEpoch.Opened opened) {
    return Json.object()
        .put("epoch", opened.epoch())
        .put("origin", opened.origin())
        .put("key", opened.key())
        .put("entries", opened.size())
        .put("acknowledged", loss.acknowledged())
        .put("acknowledged_root", loss.root())
        .put("stored", loss.stored())
        .put("why", loss.why())
        .build();
  }

  private void people(NewEpoch.Loss loss, NewEpoch.Opened opened) {
    out.say("opened epoch " + opened.epoch());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("origin", opened.origin());
    fields.put("entries", String.valueOf(opened.size()));
    fields.put("lost", lost(loss));
    fields.put("key", opened.key());
    out.fields(fields);
    out.say("Hand the key to whoever verifies this ledger; the former one is for older");
    out.say("checkpoints. Revoke again what was revoked after " + loss.storedAt() + ".");
    out.say("next: `writ serve`; then start the other nodes, which follow by themselves");
  }
}
