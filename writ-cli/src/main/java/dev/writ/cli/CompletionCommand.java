package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code writ completion}. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in your shell.",
    footer = {
      "",
      "Examples:",
      "  source <(writ completion bash)",
      "  writ completion zsh > ~/.zsh/writ && echo 'source ~/.zsh/writ' >> ~/.zshrc"
    })
final class CompletionCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh")
  private String shell = "";

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw Failure.of(
          Exit.INPUT, "shell-unknown", "`" + shell + "` is not known", "choose bash or zsh");
    }
    // One script serves both: in zsh it switches bash's completion on first.
    String script = AutoComplete.bash("writ", spec.root().commandLine());
    out.result(
        Json.object().put("shell", shell).put("script", script).build(), () -> out.text(script));
    return Exit.OK.status();
  }
}
