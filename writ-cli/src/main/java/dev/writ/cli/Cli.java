package dev.writ.cli;

import dev.writ.demo.DemoCommand;
import dev.writ.ledger.FoldingVisitor;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failures;
import dev.writ.terminal.World;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The tree of all commands. */
public final class Cli {
  /** The top of the tree, and of every group: without a command it prints its help. */
  @Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
  private static final class Group implements Runnable {
    @CommandLine.Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      spec.commandLine().usage(out);
      out.flush();
    }
  }

  private final World world;

  private Cli(World world) {
    this.world = world;
  }

  /** All commands over this world, printing where the caller says. */
  public static CommandLine of(World world, PrintWriter out, PrintWriter err) {
    CommandLine all = new Cli(world).tree();
    Failures failures = new Failures(world.variable("WRIT_TRACE").isPresent());
    Help.Ansi colour = world.colour() ? Help.Ansi.ON : Help.Ansi.OFF;
    return all.setOut(out)
        .setErr(err)
        .setColorScheme(Help.defaultColorScheme(colour))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpLongOptionsMaxWidth(26);
  }

  private CommandLine tree() {
    CommandLine top =
        group(
            "writ",
            "Governs what AI workflows may do: written, approved, bounded, revocable, provable.");
    top.getCommandSpec().version("writ 0.1.0");
    top.getCommandSpec().usageMessage().footer(footer());
    top.addSubcommand(withSettings(new InitCommand(world)));
    top.addSubcommand(withSettings(new ServeCommand(world)));
    people(top);
    workflows(top);
    evidence(top);
    top.addSubcommand(
        group(
            "node",
            "Further nodes of the same ledger.",
            command(new NodeCommands.Offer(world)),
            withSettings(new NodeCommands.Join(world))));
    top.addSubcommand(withSettings(new DoctorCommand(world)));
    top.addSubcommand(command(new BenchCommand()));
    top.addSubcommand(group("config", "The settings.", withSettings(new ConfigCommand(world))));
    top.addSubcommand(command(new CompletionCommand()));
    top.addSubcommand(command(new DemoCommand()));
    return top;
  }

  private void people(CommandLine top) {
    top.addSubcommand(command(new LoginCommand(world)));
    top.addSubcommand(command(new WhoamiCommand(world)));
    top.addSubcommand(command(new AppointCommand(world)));
  }

  private void workflows(CommandLine top) {
    documents(top);
    top.addSubcommand(command(new WritCommands.ListThem(world)));
    top.addSubcommand(command(new WritCommands.ShowOne(world)));
    top.addSubcommand(command(new WritCommands.End(world)));
    top.addSubcommand(
        group(
            "enrol",
            "The keys that workloads authenticate with.",
            command(new EnrolCommands.Offer(world)),
            command(new EnrolCommands.Redeem(world))));
    runs(top);
  }

  private void documents(CommandLine top) {
    top.addSubcommand(command(new DraftCommand(world)));
    top.addSubcommand(
        group(
            "catalogue",
            "What there is: resources, people, processes, tools.",
            command(new CatalogueCommands.Check(world)),
            command(new CatalogueCommands.Publish(world)),
            command(new CatalogueCommands.ShowIt(world))));
    top.addSubcommand(
        group(
            "policy",
            "The organisation's Cedar policies.",
            command(new PolicyCommands.Check(world)),
            command(new PolicyCommands.Publish(world)),
            command(new PolicyCommands.ListThem(world)),
            command(new PolicyCommands.ShowOne(world))));
    top.addSubcommand(
        group(
            "spec",
            "What a workflow is to be allowed.",
            command(new SpecCommands.Fresh(world)),
            command(new SpecCommands.ShowOne(world)),
            command(new SpecCommands.Check(world)),
            command(new SpecCommands.Submit(world))));
    top.addSubcommand(
        group(
            "dossier",
            "What waits for approval.",
            command(new DossierCommands.ListThem(world)),
            command(new DossierCommands.ShowOne(world))));
    top.addSubcommand(command(new DossierCommands.Approve(world)));
    top.addSubcommand(command(new DiffCommand(world)));
    top.addSubcommand(command(new ApplyCommand(world)));
  }

  private void runs(CommandLine top) {
    top.addSubcommand(
        group(
            "task",
            "Runs of a workflow.",
            command(new TaskCommands.Open(world)),
            command(new TaskCommands.ListThem(world)),
            command(new TaskCommands.ShowOne(world)),
            command(new TaskCommands.Complete(world))));
    top.addSubcommand(
        group(
            "token",
            "Tokens, by hand.",
            command(new TokenCommands.Exchange(world)),
            command(new TokenCommands.Introspect(world)),
            command(new TokenCommands.Revoke(world))));
    top.addSubcommand(
        group(
            "tool",
            "Tools behind the gateway, by hand.",
            command(new ToolCommands.ListThem()),
            command(new ToolCommands.Call())));
  }

  private void evidence(CommandLine top) {
    top.addSubcommand(
        group(
            "ledger",
            "Evidence out of a server, and orders about the log itself.",
            command(new LedgerCommands.Export(world)),
            command(new LedgerCommands.TakeCheckpoint(world)),
            command(new LedgerCommands.TakeReceipt(world)),
            withSettings(new EpochCommand(world))));
    top.addSubcommand(
        group(
            "keys",
            "Writ's own keys.",
            command(new KeyCommands.ListThem(world)),
            command(new KeyCommands.Prepare(world)),
            command(new KeyCommands.Rotate(world))));
    top.addSubcommand(command(new VerifyCommand(FoldingVisitor::new)));
    top.addSubcommand(command(new ReplayCommand()));
  }

  private static CommandLine command(Object command) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().mixinStandardHelpOptions(true);
    return line;
  }

  private static CommandLine withSettings(Object command) {
    return ConfigFlags.add(command(command));
  }

  private static CommandLine group(String name, String description, CommandLine... commands) {
    CommandLine group = new CommandLine(new Group());
    UsageMessageSpec usage = group.getCommandSpec().name(name).usageMessage();
    usage.description(description);
    List.of(commands).forEach(c -> group.addSubcommand(c));
    return group;
  }

  private static String[] footer() {
    StringBuilder text = new StringBuilder("\nExit status:\n");
    for (Exit exit : Exit.values()) {
      text.append("  ").append(exit.status()).append("  ").append(exit.sentence()).append('\n');
    }
    text.append("\nStart with:  writ init, then writ serve");
    return text.toString().split("\n", -1);
  }
}
