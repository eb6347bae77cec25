package dev.writ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.terminal.Exit;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a sentence to a spec in force and its successors, command by command, on a real server. */
class DraftingTalkTest {
  private static final String PROMPT =
      "Let the invoice matcher read supplier invoices of Acorn Paper and Birch Logistics in staging"
          + " for 2 weeks. It is for accounts payable. Never export supplier invoices.";
  private static final String ASKING =
      "invoice matcher reads supplier invoices in staging, for accounts payable";
  private static final String SPEC =
      """
      kind: Workflow
      name: order-reader
      purpose: see what is on order
      owners: { product: emeka.obi, identity: iam-team, security: secops }
      stage: pilot
      identity: { workload: spiffe://brightwater.example/shared/summariser, mode: own }
      initiators: [human]
      grants:
        - actions: [read]
          resource: erp/purchase-orders
          environment: staging
          targets: { supplier: [sup-118] }
          limits: { calls: 50 }
      until: UNTIL
      task: { life: PT15M }
      revoke: [task-complete, timeout]
      """
          .replace(
              "UNTIL",
              Instant.now().plus(20, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString());

  private static TalkServer server;

  @BeforeAll
  static void serve() throws Exception {
    server = TalkServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Json.Obj json(Conversation.Ran ran) {
    return Json.parseObject(
            ran.out().getBytes(StandardCharsets.UTF_8), new Json.Bounds(1 << 20, 64, 99_999, true))
        .orThrow();
  }

  @Test
  void aSentenceBecomesASpecThatPeopleApprove() throws Exception {
    Conversation talk = new Conversation(server.folder());
    Path spec = server.folder().resolve("match.yaml");
    talk.quietly("login", "--as", "noor.haddad");
    talk.writ("draft", PROMPT);
    talk.writ("draft", "thanks, all good!");
    talk.writ("draft");
    talk.typing(PROMPT).writ("draft", "--from", "-", "--spec", spec.toString());
    Json.Obj made = json(talk.quietly("draft", PROMPT, "--json"));
    String workflow = Show.objects(made, "drafts").getFirst().text("workflow").orElseThrow();
    talk.writ("draft", workflow, "--set", "owners.product=nobody.here");
    talk.writ("draft", workflow, "--set", "owners.product=emeka.obi", "--spec", spec.toString());
    talk.writ("draft", workflow, "--set", "grants[0].limits.rows=5000");
    talk.quietly("login", "--as", "emeka.obi");
    talk.writ("draft", workflow);
    talk.quietly("login", "--as", "noor.haddad");
    talk.writ("draft", workflow, "--submit");
    String text = talk.text();
    assertThat(text).isEqualTo(Conversation.recorded("drafting.txt", text));
  }

  @Test
  void somebodyAtATerminalIsAskedForWhatIsOpen() throws Exception {
    Conversation talk = new Conversation(server.folder());
    talk.quietly("login", "--as", "noor.haddad");
    // A number, something that does not fit, an empty line, then the end of the input.
    talk.answering("3", "friday or so", "").writ("draft", ASKING);
    talk.answering("emeka.obi", "sup-118, 2", "P14D").writ("draft", ASKING, "--submit");
    String text = talk.text();
    assertThat(text).isEqualTo(Conversation.recorded("interview.txt", text));
  }

  @Test
  void aRealTerminalAsksAndMarksInColour() throws Exception {
    Path script = Path.of("/usr/bin/script");
    Assumptions.assumeTrue(Files.isExecutable(script), "no script(1) here to make a terminal with");
    new Conversation(server.folder()).quietly("login", "--as", "noor.haddad");
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.writ.cli.Main",
            "draft",
            "'" + PROMPT + "'");
    ProcessBuilder builder =
        new ProcessBuilder(script.toString(), "-qec", String.join(" ", command), "/dev/null")
            .redirectErrorStream(true);
    builder.environment().put("WRIT_HOME", server.folder().toString());
    builder.environment().put("WRIT_DATA", server.folder().resolve("data").toString());
    builder.environment().put("TERM", "xterm");
    builder.environment().remove("NO_COLOR");
    Process process = builder.start();
    try (OutputStream typed = process.getOutputStream()) {
      typed.write("emeka.obi\n".getBytes(StandardCharsets.UTF_8));
      typed.flush();
      String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(shown).isZero();
      assertThat(shown)
          .contains("\u001b[4;32minvoice matcher\u001b[0m")
          .contains("Who answers for what it does?")
          .contains("owners: { product: emeka.obi")
          .contains("submit it for review");
    }
  }

  @Test
  void specsInFilesAreAppliedOnceAndComparedWithWhatIsInForce() throws Exception {
    Conversation talk = new Conversation(server.folder());
    Path specs = Files.createDirectory(server.folder().resolve("specs"));
    Path file = specs.resolve("orders.yaml");
    Files.writeString(file, SPEC);
    Files.writeString(specs.resolve("notes.yaml"), "about: nothing that is a spec\n");
    talk.quietly("login", "--as", "noor.haddad");
    talk.writ("apply", "-f", specs.toString(), "--dry-run");
    Json.Obj applied = json(talk.quietly("apply", "-f", specs.toString(), "--json"));
    Json.Obj answer = Show.objects(applied, "applied").getFirst().object("answer").orElseThrow();
    String dossier = answer.text("dossier").orElseThrow();
    talk.writ("apply", "-f", specs.toString());
    server.approve(talk, dossier, List.of("ilse.varga", "priya.nair"));
    talk.quietly("login", "--as", "noor.haddad");
    talk.writ("apply", "-f", specs.toString());
    Files.writeString(
        file, SPEC.replace("[sup-118]", "[sup-118, sup-204]").replace("calls: 50", "calls: 40"));
    assertThat(talk.writ("diff", file.toString()).status()).isEqualTo(Exit.REFUSED.status());
    talk.writ("apply", "-f", file.toString(), "--dry-run");
    Files.writeString(file, SPEC.replace("calls: 50", "calls: 40"));
    String workflow = answer.text("workflow").orElseThrow();
    int narrower = talk.writ("diff", workflow, file.toString()).status();
    talk.writ("diff", file.toString(), "wf_00000000000000000000000000");
    Files.writeString(
        file, SPEC + "---\n" + SPEC + "---\n# nothing\n---\nkind: Workflow\nnmae: x\n");
    talk.writ("apply", "-f", specs.toString());
    Files.writeString(file, SPEC.replace("sup-118", "sup-999"));
    talk.writ("apply", "-f", file.toString());
    talk.writ("apply", "-f", server.folder().resolve("nowhere").toString());
    String text = talk.text();
    assertThat(text).isEqualTo(Conversation.recorded("applying.txt", text));
    assertThat(narrower).isZero();
  }
}
