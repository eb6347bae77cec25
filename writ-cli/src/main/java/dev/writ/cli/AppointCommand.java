package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code writ appoint}. */
@Command(
    name = "appoint",
    description = {
      "Gives a person a duty in the government of Writ.",
      "Only a founder may; nobody appoints themselves.",
      "",
      "Duties: founder, publisher (catalogue and policies), operator, auditor."
    },
    footer = {"", "Example:", "  writ appoint petra.lang publisher"})
final class AppointCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();
  @Mixin private final Remote remote;

  @Parameters(index = "0", paramLabel = "PERSON", description = "the person's id")
  private String person = "";

  @Parameters(
      index = "1",
      paramLabel = "DUTY",
      description = "founder, publisher, operator or auditor")
  private String duty = "";

  AppointCommand(World world) {
    this.remote = new Remote(world);
  }

  @Override
  public Integer call() {
    try (var api = remote.api()) {
      Json.Obj reply =
          api.post("/v1/duties", Json.object().put("person", person).put("duty", duty).build());
      out.result(reply, () -> out.say(person + " is " + duty));
      return 0;
    }
  }
}
