package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ login}. */
@Command(
    name = "login",
    description = {
      "Signs in for development.",
      "Nobody checks who you are, and a production ledger refuses it. The session is",
      "kept in session.json in ~/.config/writ (or WRIT_HOME), readable by you alone."
    },
    footer = {"", "Example:", "  writ login --as noor.haddad"})
final class LoginCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();
  @Mixin private final Remote remote;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "NAME",
      description = "the person's id in the catalogue")
  private String person = "";

  LoginCommand(World world) {
    this.remote = new Remote(world);
  }

  @Override
  public Integer call() {
    URI url = remote.url();
    try (var api = remote.anonymous()) {
      Json.Obj reply = api.post("/v1/sessions", Json.object().put("person", person).build());
      remote.session().keep(url, person, reply.text("token").orElseThrow());
      out.warn("WARNING: " + reply.text("warning").orElse("development sign-in"));
      Json.Obj said =
          Json.object()
              .put("person", person)
              .put("server", url.toString())
              .put("until", reply.text("until").orElse(""))
              .build();
      out.result(
          said,
          () -> out.say("signed in as " + person + " until " + said.text("until").orElse("")));
      return 0;
    }
  }
}
