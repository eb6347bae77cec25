package dev.writ.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a sentence to a spec in force and its successors, command by command, on a real server. */
class DraftingTalkTest {
  private static final String PROMPT =
      "Let the invoice matcher read supplier invoices of Acorn Paper and Birch Logistics in staging"
          + " for 2 weeks. It is for accounts payable. Never export supplier invoices.";
  private static final String TWO =
      "Let the invoice matcher read supplier invoices of Acorn Paper in staging for 2 weeks; that"
          + " is mine, for accounts payable. The summariser should read purchase orders of Acorn"
          + " Paper in staging for a week, for ordering.";
  private static final String ASKING =
      "invoice matcher reads supplier invoices in staging, for accounts payable";
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

  private static String spec() {
    return """
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
    talk.writ("draft", "Revoke all access of the invoice matcher.");
    talk.writ("draft", TWO, "--draft", "1", "--set", "owners.product=emeka.obi");
    talk.writ("draft", TWO, "--draft", "2", "--set", "owners.product=emeka.obi");
    String text = talk.text();
    assertThat(text).isEqualTo(Conversation.recorded("drafting.txt", text));
  }

  @Test
  void repliesAreWhatTheDocumentSaysAndAKeySubmitsOnce() throws Exception {
    try (Api api = new Api(URI.create(server.url()), Optional.of(session("noor.haddad")))) {
      Replies replies = new Replies(api.get("/openapi.json"));
      Json.Obj made = api.post("/v1/drafts", Json.object().put("prompt", ASKING).build());
      assertThat(replies.of("Drafts", made)).isEmpty();
      String one =
          "/v1/drafts/" + Show.objects(made, "drafts").getFirst().text("workflow").orElseThrow();
      assertThat(replies.problems("/v1/drafts/{workflow}", api.get(one))).isEmpty();
      Json.Obj nothing = api.post("/v1/drafts", Json.object().put("prompt", "hello").build());
      assertThat(replies.of("Drafts", nothing)).isEmpty();
      Api.Body body =
          new Api.Body(
              Api.YAML,
              spec()
                  .replace("order-reader", "keyed")
                  .replace("shared/summariser", "finance/invoice-matcher")
                  .getBytes(StandardCharsets.UTF_8));
      Map<String, String> key = Map.of("Idempotency-Key", "once-only");
      Json.Obj first = api.post("/v1/specs", body, key);
      assertThat(replies.of("Dossier", first)).isEmpty();
      Json.Obj again = api.post("/v1/specs", body, key);
      assertThat(replies.of("RepeatedSubmission", again)).isEmpty();
      assertThat(again.text("dossier")).isEqualTo(first.text("dossier"));
      assertThatThrownBy(() ->
              api.post("/v1/specs?workflow=" + first.text("workflow").orElseThrow(), body, key))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("idempotency key");
      assertThatThrownBy(
              () -> api.post("/v1/specs", body, Map.of("Idempotency-Key", "x".repeat(129))))
          .isInstanceOf(Failure.class);
      assertThat(replies.problems("/v1/workflows", api.get("/v1/workflows"))).isEmpty();
      String elsewhere = "/v1/workflows?workload=spiffe%3A%2F%2Felsewhere.example%2Fx";
      assertThat(Show.objects(api.get(elsewhere), "workflows")).isEmpty();
    }
  }

  private static String session(String person) {
    try (Api api = new Api(URI.create(server.url()), Optional.empty())) {
      return api.post("/v1/sessions", Json.object().put("person", person).build())
          .text("token")
          .orElseThrow();
    }
  }

  /** Every console block of the page is what a command of this run said, in order. */
  @Test
  void thePageAboutDraftingShowsARealRun() throws Exception {
    Conversation talk = new Conversation(server.folder());
    Path file = server.folder().resolve("page.yaml");
    talk.quietly("login", "--as", "noor.haddad");
    Conversation.Ran made =
        talk.writ(
            "draft",
            "Let the invoice matcher read supplier invoices in staging for 2 weeks, for accounts"
                + " payable. Never export supplier invoices.");
    String workflow = made.out().substring(9, 9 + 29);
    talk.quietly(
        "draft",
        workflow,
        "--set",
        "owners.product=emeka.obi",
        "--set",
        "grants[0].targets=supplier=sup-118",
        "--spec",
        file.toString());
    talk.shown("cat match.yaml", Files.readString(file));
    talk.writ("spec", "check", file.toString());
    talk.writ("draft", workflow, "--submit");
    Path next = server.folder().resolve("next.yaml");
    Files.writeString(next, Files.readString(file).replace("[sup-118]", "[sup-118, sup-204]"));
    talk.writ("diff", file.toString(), next.toString());
    List<String> blocks =
        Pattern.compile("(?m)^(?=\\$ )").splitAsStream(talk.text()).map(String::strip).toList();
    Path page = page();
    String now = filled(Files.readString(page), blocks);
    if ("fix".equals(System.getProperty("writ.docs"))) {
      Files.writeString(page, now);
    }
    assertThat(Files.readString(page)).isEqualTo(now);
  }

  private static Path page() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("writ-core"))) {
      root = Optional.ofNullable(root.getParent()).orElseThrow();
    }
    return root.resolve("docs/drafting.md");
  }

  private static String filled(String page, List<String> blocks) {
    Iterator<String> next = blocks.iterator();
    String filled =
        Pattern.compile("(?ms)^```console\\n.*?^```")
            .matcher(page)
            .replaceAll(found -> Matcher.quoteReplacement("```console\n" + next.next() + "\n```"));
    assertThat(next).as("commands that the page does not show").isExhausted();
    return filled.replaceAll("FOLDER/page.yaml", "match.yaml").replace("FOLDER/", "");
  }

  @Test
  void somebodyAtATerminalIsAskedForWhatIsOpen() throws Exception {
    Conversation talk = new Conversation(server.folder());
    talk.quietly("login", "--as", "noor.haddad");
    // A number, something that does not fit, an empty line, then the end of the input.
    talk.answering("3", "friday or so", "").writ("draft", ASKING);
    talk.answering("emeka.obi", "sup-118, 2", "two weeks").writ("draft", ASKING, "--submit");
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
    String spec = spec();
    Files.writeString(file, spec);
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
        file, spec.replace("[sup-118]", "[sup-118, sup-204]").replace("calls: 50", "calls: 40"));
    assertThat(talk.writ("diff", file.toString()).status()).isEqualTo(Exit.REFUSED.status());
    talk.writ("apply", "-f", file.toString(), "--dry-run");
    Files.writeString(file, spec.replace("calls: 50", "calls: 40"));
    String workflow = answer.text("workflow").orElseThrow();
    int narrower = talk.writ("diff", workflow, file.toString()).status();
    talk.writ("diff", file.toString(), "wf_00000000000000000000000000");
    talk.writ("spec", "show", workflow);
    talk.writ("spec", "show", "something");
    Files.writeString(
        file, spec + "---\n" + spec + "---\n# nothing\n---\nkind: Workflow\nnmae: x\n");
    talk.writ("apply", "-f", specs.toString());
    Files.writeString(file, spec.replace("sup-118", "sup-999"));
    talk.writ("apply", "-f", file.toString());
    talk.writ("apply", "-f", server.folder().resolve("nowhere").toString());
    String text = talk.text();
    assertThat(text).isEqualTo(Conversation.recorded("applying.txt", text));
    assertThat(narrower).isZero();
  }
}
