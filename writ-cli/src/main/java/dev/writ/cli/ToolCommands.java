package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that do by hand what an agent does: see and call tools with a task's token. */
final class ToolCommands {
  private ToolCommands() {}

  /** A command that goes to the gateway with a token. */
  abstract static class WithToken implements Callable<Integer> {
    @Mixin final Output out = new Output();

    @Option(
        names = "--gateway",
        paramLabel = "URL",
        description = "the gateway; else the one the token is for")
    private Optional<URI> gateway = Optional.empty();

    GatewayCaller caller(Path file) {
      String token = OauthCaller.token(file);
      return new GatewayCaller(gateway.orElseGet(() -> GatewayCaller.audience(token)), token);
    }
  }

  /** {@code writ tool list}. */
  @Command(
      name = "list",
      description = {
        "Lists the tools that a token may call.",
        "They are those of the spec within the token's scope, and no others."
      },
      footer = {"", "Example:", "  writ tool list task.token"})
  static final class ListThem extends WithToken {
    @Parameters(paramLabel = "TOKENFILE", description = "the file that holds the token")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      Json.Obj result = caller(file).send("tools/list", Optional.empty(), Json.object());
      out.result(
          result,
          () -> {
            List<Json.Obj> tools = Show.objects(result, "tools");
            if (tools.isEmpty()) {
              out.say("the token may call no tool");
            }
            for (Json.Obj tool : tools) {
              out.say(tool.text("name").orElse(""));
              tool.text("description").ifPresent(text -> out.say("  " + text));
            }
          });
      return Exit.OK.status();
    }
  }

  /** {@code writ tool call}. */
  @Command(
      name = "call",
      description = {
        "Calls a tool through the gateway.",
        "The call is decided, recorded and sent as an agent's would be, and counts",
        "against the limits of the writ."
      },
      footer = {
        "",
        "Example:",
        "  writ tool call list_invoices task.token --arguments '{\"supplier\":\"sup-118\"}'"
      })
  static final class Call extends WithToken {
    private static final Json.Bounds ARGUMENTS = new Json.Bounds(256 << 10, 32, 20_000, false);

    @Parameters(index = "0", paramLabel = "TOOL", description = "the tool's name")
    private String tool = "";

    @Parameters(
        index = "1",
        paramLabel = "TOKENFILE",
        description = "the file that holds the token")
    private Path file = Path.of("");

    @Option(
        names = "--arguments",
        paramLabel = "JSON",
        description = "the tool's arguments, a JSON object; default: none")
    private String arguments = "{}";

    @Override
    public Integer call() {
      Json.Obj given =
          switch (Json.parseObject(arguments.getBytes(StandardCharsets.UTF_8), ARGUMENTS)) {
            case Parsed.Ok<Json.Obj>(Json.Obj value) -> value;
            case Parsed.Refused<Json.Obj>(List<Problem> problems) ->
                throw Failure.input("--arguments", problems);
          };
      Json.Builder params = Json.object().put("name", tool).put("arguments", given);
      Json.Obj result = caller(file).send("tools/call", Optional.of(tool), params);
      boolean failed = result.get("isError").equals(Optional.of(new Json.Bool(true)));
      out.result(result, () -> say(result, failed));
      return (failed ? Exit.REFUSED : Exit.OK).status();
    }

    private void say(Json.Obj result, boolean failed) {
      if (failed) {
        out.say("allowed, and the tool answered with an error:");
      }
      List<Json.Obj> content = Show.objects(result, "content");
      for (Json.Obj part : content) {
        out.say(
            part.text("text").orElseGet(() -> "(" + part.text("type").orElse("something") + ")"));
      }
      if (content.isEmpty()) {
        result
            .object("structuredContent")
            .ifPresent(o -> out.say(new String(o.canonical(), StandardCharsets.UTF_8)));
      }
    }
  }
}
