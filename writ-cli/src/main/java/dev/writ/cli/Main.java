package dev.writ.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code writ} command. */
@Command(
    name = "writ",
    mixinStandardHelpOptions = true,
    version = "writ 0.1.0",
    description =
        "Governs what AI workflows may do: written, approved, bounded, revocable, provable.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {VerifyCommand.class})
public final class Main implements Runnable {
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
