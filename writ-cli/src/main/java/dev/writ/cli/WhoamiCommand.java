package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code writ whoami}. */
@Command(
    name = "whoami",
    description = "Says who is signed in, where, and with which duties.",
    footer = {"", "Example:", "  writ whoami --server http://127.0.0.1:7878"})
final class WhoamiCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();
  @Mixin private final Remote remote;

  WhoamiCommand(World world) {
    this.remote = new Remote(world);
  }

  @Override
  public Integer call() {
    try (var api = remote.api()) {
      Json.Obj me = api.get("/v1/me");
      out.result(me, () -> people(me));
      return 0;
    }
  }

  private void people(Json.Obj me) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("person", me.text("person").orElse(""));
    fields.put("duties", Show.list(me, "duties"));
    fields.put("server", remote.url().toString());
    out.fields(fields);
  }
}
