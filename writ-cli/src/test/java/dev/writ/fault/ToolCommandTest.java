package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.cli.Cli;
import dev.writ.terminal.Exit;
import dev.writ.terminal.World;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person calls tools by hand through a real gateway, and is told what an agent would be. */
@Tag("services")
class ToolCommandTest {
  private static final String GOOD = "{\"supplier\":\"sup-118\"}";

  /** How a command ended, and all it said. */
  private static Exit exit(int status) {
    return Arrays.stream(Exit.values()).filter(e -> e.status() == status).findFirst().orElseThrow();
  }

  private record Said(Exit exit, String text) {}

  private static Said writ(Path home, String... arguments) {
    World world =
        new World(
            Map.of("WRIT_HOME", home.toString()),
            home,
            InputStream.nullInputStream(),
            false,
            Clock.systemUTC(),
            new SecureRandom()::nextBytes);
    StringWriter said = new StringWriter();
    PrintWriter both = new PrintWriter(said);
    int status = Cli.of(world, both, both).execute(arguments);
    return new Said(exit(status), said.toString().replaceAll("\\s+", " "));
  }

  @Test
  void aTokenListsItsToolsCallsThemAndIsRefusedBeyondThem(@TempDir Path folder) throws Exception {
    Site site = Site.founded(folder.resolve("a"));
    try (CountingTools tools = CountingTools.prompt();
        Site.Serving serving = site.serve(tools)) {
      String writ = serving.company().writ(tools.url());
      Worker worker = serving.worker(writ);
      Worker.Opened opened = worker.open(writ);
      String file = Files.writeString(folder.resolve("task.token"), opened.token()).toString();

      Said listed = writ(folder, "tool", "list", file);
      assertThat(listed.exit()).as(listed.text()).isEqualTo(Exit.OK);
      assertThat(listed.text()).contains("list_invoices").doesNotContain("create_payment");

      Said called = writ(folder, "tool", "call", "list_invoices", file, "--arguments", GOOD);
      assertThat(called.exit()).as(called.text()).isEqualTo(Exit.OK);
      assertThat(tools.calls()).isEqualTo(1);
      assertThat(writ(folder, "tool", "call", "list_invoices", file, "--arguments", GOOD, "--json"))
          .satisfies(json -> assertThat(json.text()).contains("\"dev.writ/call\":\"cal_"));

      Said beyond =
          writ(
              folder,
              "tool",
              "call",
              "list_invoices",
              file,
              "--arguments",
              "{\"supplier\":\"sup-999\"}");
      assertThat(beyond.exit()).as(beyond.text()).isEqualTo(Exit.REFUSED);
      assertThat(beyond.text()).contains("next");
      assertThat(tools.calls()).isEqualTo(2);
      assertThat(writ(folder, "tool", "call", "drop_everything", file).exit())
          .isEqualTo(Exit.REFUSED);
      Said malformed = writ(folder, "tool", "call", "list_invoices", file, "--arguments", "{");
      assertThat(malformed.exit()).as(malformed.text()).isEqualTo(Exit.INPUT);

      serving.company().complete(opened.task());
      Said over = writ(folder, "tool", "call", "list_invoices", file, "--arguments", GOOD);
      assertThat(over.exit()).as(over.text()).isEqualTo(Exit.REFUSED);
      assertThat(writ(folder, "tool", "list", file).exit()).isEqualTo(Exit.REFUSED);
      assertThat(tools.calls()).isEqualTo(2);

      String nothing = Files.writeString(folder.resolve("no.token"), "a.b.c").toString();
      assertThat(writ(folder, "tool", "list", nothing).exit()).isEqualTo(Exit.INPUT);
      Said nobody = writ(folder, "tool", "list", file, "--gateway", "http://127.0.0.1:1/mcp");
      assertThat(nobody.exit()).as(nobody.text()).isEqualTo(Exit.SERVER);
    }
  }
}
