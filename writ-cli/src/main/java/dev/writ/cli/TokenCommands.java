package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about tokens, for use by hand. */
final class TokenCommands {
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private TokenCommands() {}

  /** A fresh token, for people. */
  static void say(Output out, Json.Obj reply, String kept) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("token", kept);
    fields.put("seconds", Long.toString(reply.integer("expires_in").orElse(0L)));
    for (Json.Obj detail : Show.objects(reply, "authorization_details")) {
      detail.text("task").ifPresent(t -> fields.put("task", t));
    }
    out.fields(fields);
  }

  /** A command that a workload sends about one token. */
  abstract static class ByWorkload implements Callable<Integer> {
    @Mixin final Output out = new Output();
    @Mixin final OauthCaller caller = new OauthCaller();
    @Mixin final Remote remote;

    @Parameters(paramLabel = "TOKENFILE", description = "the file that holds the token")
    private Path file = Path.of("");

    ByWorkload(World world) {
      this.remote = new Remote(world);
    }

    String token() {
      return OauthCaller.token(file);
    }
  }

  /** {@code writ token exchange}. */
  @Command(
      name = "exchange",
      description = {
        "Exchanges a token for one of this workload's own, never a wider one.",
        "The spec must name the workload as a delegate."
      },
      footer = {
        "",
        "Example:",
        "  writ token exchange task.token --key summariser.jwk --out child.token \\",
        "    --permissions narrower.json"
      })
  static final class Exchange extends ByWorkload {
    @Option(
        names = "--permissions",
        paramLabel = "FILE",
        description = "a JSON array of permissions, as in the `scope` of `writ show --json`")
    private Optional<String> permissions = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "where to keep the token")
    private Optional<Path> kept = Optional.empty();

    Exchange(World world) {
      super(world);
    }

    @Override
    public Integer call() {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
      fields.put("subject_token", token());
      fields.put("subject_token_type", ACCESS_TOKEN);
      permissions.ifPresent(f -> fields.put("authorization_details", details(f)));
      Json.Obj reply = caller.send(remote, "/oauth/token", fields);
      String where = OauthCaller.keep(reply, kept);
      out.result(reply, () -> say(out, reply, where));
      return Exit.OK.status();
    }

    private String details(String name) {
      Json wanted =
          switch (Json.parse(Documents.read(remote.world(), name), Json.Bounds.REQUEST)) {
            case Parsed.Ok<Json>(Json value) -> value;
            case Parsed.Refused<Json>(List<Problem> problems) ->
                throw Failure.input(name, problems);
          };
      Json.Obj detail =
          Json.object().put("type", "urn:writ:task").put("permissions", wanted).build();
      return TaskCommands.text(Json.array(List.of(detail)));
    }
  }

  /** {@code writ token introspect}. */
  @Command(
      name = "introspect",
      description = "Asks the server whether a token is good now (RFC 7662).",
      footer = {
        "",
        "Exit status: 0 active, 1 not.",
        "",
        "Example:",
        "  writ token introspect child.token --key matcher.jwk"
      })
  static final class Introspect extends ByWorkload {
    Introspect(World world) {
      super(world);
    }

    @Override
    public Integer call() {
      Json.Obj reply = caller.send(remote, "/oauth/introspect", Map.of("token", token()));
      boolean active = reply.get("active").equals(Optional.of(Json.of(true)));
      out.result(
          reply,
          () -> {
            out.say(active ? "active" : "not active");
            out.fields(Show.fields(reply, List.of("sub", "aud", "exp", "client_id", "txn")));
          });
      return (active ? Exit.OK : Exit.REFUSED).status();
    }
  }

  /** {@code writ token revoke}. */
  @Command(
      name = "revoke",
      description = {
        "Revokes a token and everything exchanged for it (RFC 7009).",
        "A task's first token takes the whole task with it."
      },
      footer = {"", "Example:", "  writ token revoke task.token --key matcher.jwk"})
  static final class Revoke extends ByWorkload {
    Revoke(World world) {
      super(world);
    }

    @Override
    public Integer call() {
      caller.send(remote, "/oauth/revoke", Map.of("token", token()));
      out.result(
          Json.object().put("revoked", true).build(),
          () -> out.say("revoked; nothing honours it any more"));
      return Exit.OK.status();
    }
  }
}
