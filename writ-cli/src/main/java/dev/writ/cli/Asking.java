package dev.writ.cli;

import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks the server as whoever is signed in. */
abstract class Asking implements Callable<Integer> {
  @Mixin final Output out = new Output();
  @Mixin final Remote remote;

  Asking(World world) {
    this.remote = new Remote(world);
  }

  @Override
  public Integer call() {
    try (Api api = remote.api()) {
      return ask(api).status();
    }
  }

  /** Asks, prints what came of it, and says how the command ends. */
  abstract Exit ask(Api api);
}
