package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about Writ's own keys. */
final class KeyCommands {
  private KeyCommands() {}

  /** What a key is for. */
  enum Kind {
    LOG,
    TOKEN,
    STATEMENT,
    MASTER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** {@code writ keys list}. */
  @Command(
      name = "list",
      description = {
        "Lists Writ's own keys.",
        "Which sign, which were prepared to come next, and until when former ones are",
        "good for what they signed. A former master key that wraps nothing may go."
      },
      footer = {"", "Example:", "  writ keys list"})
  static final class ListThem extends Asking {
    ListThem(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.get("/v1/keys");
      out.result(
          reply,
          () -> {
            for (Json.Obj key : Show.objects(reply, "keys")) {
              out.say(
                  String.format(
                      Locale.ROOT,
                      "%-10s %-7s %s",
                      key.text("use").orElse(""),
                      key.text("state").orElse(""),
                      key.text("id").orElse("")));
              out.fields(Show.fields(key, List.of("until", "wrapped")));
            }
          });
      return Exit.OK;
    }
  }

  /** {@code writ keys prepare}. */
  @Command(
      name = "prepare",
      description = {
        "Stores and publishes the key that comes next.",
        "It signs nothing until `writ keys rotate`. Between the two, bring the key",
        "files to the other nodes, and let others learn the new key. Needs the",
        "operator's duty."
      },
      footer = {"", "Example:", "  writ keys prepare log"})
  static final class Prepare extends Asking {
    @Parameters(paramLabel = "KIND", description = "log, token, statement or master")
    private Kind kind = Kind.TOKEN;

    Prepare(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.post("/v1/keys/" + kind + "/prepare", Json.object().build());
      out.result(
          reply,
          () -> {
            out.say("prepared the next " + kind + " key, " + reply.text("id").orElse(""));
            reply.text("key").ifPresent(text -> out.say("  " + text));
            out.say("copy the keys folder to the other nodes, then: writ keys rotate " + kind);
          });
      return Exit.OK;
    }
  }

  /** {@code writ keys rotate}. */
  @Command(
      name = "rotate",
      description = {
        "Replaces one of Writ's own keys.",
        "The prepared key signs from now on, or a fresh one. What the former key",
        "signed stays good until it ends. Needs the operator's duty.",
        "",
        "With --revoke-now former keys of the kind are good for nothing at once: when",
        "the token key is revoked, every token is dead, and tasks ask for new ones."
      },
      footer = {"", "Examples:", "  writ keys rotate token", "  writ keys rotate log --revoke-now"})
  static final class Rotate extends Asking {
    @Parameters(paramLabel = "KIND", description = "log, token, statement or master")
    private Kind kind = Kind.TOKEN;

    @Option(
        names = "--revoke-now",
        description = "somebody else may hold a former key: honour nothing it signed")
    private boolean revoke;

    @Option(
        names = "--from",
        paramLabel = "ID",
        description = "replace this key only; repeating the command is then harmless")
    private String from = "";

    Rotate(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      if (revoke && kind == Kind.MASTER) {
        throw Failure.of(
            Exit.INPUT,
            "not-revocable",
            "A master key cannot be revoked: a copy opens for ever what was copied with it",
            "rotate it without --revoke-now, and delete its line once `writ keys list` says"
                + " that it wraps nothing");
      }
      Json.Builder wish = Json.object();
      if (kind != Kind.MASTER) {
        wish.put("revoke_former", revoke);
      }
      if (!from.isEmpty()) {
        wish.put("from", from);
      }
      Json.Obj reply = api.post("/v1/keys/" + kind + "/rotate", wish.build());
      out.result(reply, () -> say(reply));
      return Exit.OK;
    }

    private void say(Json.Obj reply) {
      String id = reply.text("id").orElse("");
      String former = reply.text("former").orElse("");
      out.say(id + " is the " + kind + " key now, and " + former + " was");
      switch (kind) {
        case LOG -> {
          out.say(
              revoke
                  ? "whoever verifies with the former key has to be given this one:"
                  : "give it to your witnesses within a day, and to whoever verifies:");
          out.say("  " + reply.text("key").orElse(""));
        }
        case TOKEN ->
            out.say(
                revoke
                    ? "every token is dead; workloads ask for new ones"
                    : "tokens of the former key stay good until they end, five minutes at most");
        case STATEMENT -> out.say("statements are signed with it from now on");
        case MASTER ->
            out.say(
                "workflows' keys are being wrapped anew; `writ keys list` says how many remain");
      }
    }
  }
}
