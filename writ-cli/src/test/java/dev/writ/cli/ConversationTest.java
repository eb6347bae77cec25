package dev.writ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.server.config.Config;
import dev.writ.server.config.Sources;
import dev.writ.server.keys.SystemEntropy;
import dev.writ.server.main.Founding;
import dev.writ.server.main.Serving;
import dev.writ.vocabulary.Shipped;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person does by hand, command by command, what the demonstration does; on a real server. */
class ConversationTest {
  private static final String PROMPT =
      "Let the invoice matcher read supplier invoices of Acorn Paper and Birch Logistics in staging"
          + " for 2 weeks. It is for accounts payable. Never export supplier invoices.";
  private static final String MATCHER = "spiffe://brightwater.example/finance/invoice-matcher";
  private static final String SUMMARISER = "spiffe://brightwater.example/shared/summariser";

  private static Path folder = Path.of("");
  private static Optional<Serving> serving = Optional.empty();
  private static String url = "";

  @BeforeAll
  static void serve() throws Exception {
    SystemEntropy entropy = new SystemEntropy();
    // Always as long, because lines are wrapped before the folder's name is replaced.
    folder =
        Files.createDirectory(
            Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("writ-talk-" + HexFormat.of().formatHex(entropy.bytes(8))),
            // PostgreSQL's own account has to get through to its part of the folder.
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    InstantSource clock = InstantSource.system();
    Config config = config(Map.of("http.listen", "127.0.0.1:0", "gateway.listen", "127.0.0.1:0"));
    Founding.run(config, new Founding.Request(Fact.Mode.DEVELOPMENT, "helen.osei"), entropy, clock);
    Serving started = Serving.start(config(Map.of("gateway.run", "off")), entropy, clock);
    serving = Optional.of(started);
    url = started.url();
  }

  @AfterAll
  static void stop() throws Exception {
    serving.ifPresent(Serving::close);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static Config config(Map<String, String> flags) {
    SortedMap<String, String> all = new TreeMap<>(flags);
    all.put("data", folder.resolve("data").toString());
    return Config.parse(new Sources(Optional.empty(), Map.of(), all)).orThrow();
  }

  @Test
  void aPersonDoesByHandWhatTheDemonstrationDoes() throws Exception {
    Conversation talk = new Conversation(folder);
    government(talk);
    Json.Obj submitted = request(talk);
    String writ = approvals(talk, submitted);
    run(talk, writ);
    String text = talk.text();
    assertThat(text).isEqualTo(Conversation.recorded("conversation.txt", text));
    evidence(talk);
  }

  private static void government(Conversation talk) throws Exception {
    Path catalogue = folder.resolve("catalogue.yaml");
    Path admission = folder.resolve("admission.cedar");
    Path guardrails = folder.resolve("guardrails.cedar");
    Files.writeString(catalogue, Shipped.text(Shipped.BRIGHTWATER));
    Files.writeString(admission, Shipped.text(Shipped.BASELINE_ADMISSION));
    Files.writeString(guardrails, Shipped.text(Shipped.BASELINE_GUARDRAILS));
    talk.writ("whoami");
    talk.writ("login", "--as", "helen.osei");
    talk.writ("whoami");
    talk.writ("appoint", "helen.osei", "publisher");
    talk.writ("appoint", "tomas.lind", "publisher");
    talk.writ("appoint", "marta.silva", "auditor");
    talk.writ("appoint", "tomas.lind", "king");
    talk.writ("catalogue", "show");
    talk.writ("login", "--as", "tomas.lind");
    talk.typing("kind: Catalogue\nresources: 3\nnothing: here\n").writ("catalogue", "check", "-");
    talk.writ("catalogue", "check", catalogue.toString());
    talk.writ("catalogue", "publish", catalogue.toString());
    talk.typing("permit(principal, action, resource);\nforbid(x);\n")
        .writ("policy", "check", "guardrails", "-");
    talk.writ("policy", "publish", "admission", admission.toString());
    talk.writ("policy", "publish", "guardrails", guardrails.toString());
    talk.writ("policy", "list");
  }

  private static Json.Obj request(Conversation talk) throws Exception {
    Path spec = folder.resolve("match.yaml");
    talk.writ("login", "--as", "noor.haddad");
    talk.writ("draft", PROMPT);
    talk.writ(
        "draft",
        PROMPT,
        "--set",
        "owners.product=emeka.obi",
        "--set",
        "grants[0].limits.rows=5000",
        "--set",
        "task.delegation=summariser",
        "--spec",
        spec.toString());
    talk.typing("kind: Workflow\nnmae: x\n").writ("spec", "check", "-");
    talk.writ("spec", "check", spec.toString());
    talk.writ("dossier", "list");
    Json.Obj submitted = json(talk.quietly("spec", "submit", spec.toString(), "--json"));
    talk.writ("dossier", "list");
    return submitted;
  }

  private static String approvals(Conversation talk, Json.Obj submitted) {
    String dossier = submitted.text("dossier").orElseThrow();
    talk.writ("approve", dossier);
    talk.writ("approve", "0".repeat(64));
    talk.writ("approve", "nonsense");
    Conversation.Ran last = new Conversation.Ran(0, "", "");
    for (Json.Obj missing : Show.objects(submitted.object("admission").orElseThrow(), "requires")) {
      String approver = Show.list(missing, "eligible").split(", ", -1)[0];
      talk.writ("login", "--as", approver);
      talk.writ("dossier", "show", dossier);
      last = talk.writ("approve", dossier);
    }
    String said = last.out();
    return said.substring(said.indexOf("in force: ") + "in force: ".length()).strip();
  }

  private static void run(Conversation talk, String writ) throws Exception {
    Path key = folder.resolve("matcher.jwk");
    Path other = folder.resolve("summariser.jwk");
    Path token = folder.resolve("task.token");
    Path child = folder.resolve("child.token");
    Path narrower = folder.resolve("narrower.json");
    talk.writ("login", "--as", "noor.haddad");
    talk.writ("writs");
    talk.writ("show", writ);
    enrol(talk, writ, MATCHER, key);
    enrol(talk, writ, SUMMARISER, other);
    talk.writ("task", "open", writ, "--key", other.toString(), "--out", token.toString());
    Json.Obj opened =
        json(
            talk.quietly(
                "task",
                "open",
                writ,
                "--key",
                key.toString(),
                "--out",
                token.toString(),
                "--json"));
    String task =
        Show.objects(opened, "authorization_details").getFirst().text("task").orElseThrow();
    talk.writ("task", "show", task);
    Json.Obj permission =
        (Json.Obj)
            json(talk.quietly("show", writ, "--json")).array("scope").orElseThrow().getFirst();
    Files.write(narrower, Json.array(List.of(permission)).canonical());
    talk.writ(
        "token",
        "exchange",
        token.toString(),
        "--key",
        other.toString(),
        "--out",
        child.toString(),
        "--permissions",
        narrower.toString());
    Json.Builder wider = Json.object();
    permission
        .members()
        .forEach((name, value) ->
            wider.put(name, name.equals("resource") ? Json.of("ap-db/everything") : value));
    Files.write(narrower, Json.array(List.of(wider.build())).canonical());
    talk.writ(
        "token",
        "exchange",
        token.toString(),
        "--key",
        other.toString(),
        "--permissions",
        narrower.toString());
    talk.writ("token", "introspect", child.toString(), "--key", key.toString());
    talk.writ("task", "complete", task);
    talk.writ("token", "introspect", child.toString(), "--key", key.toString());
    talk.writ("task", "complete", task);
    talk.writ("end", writ);
    talk.writ("task", "open", writ, "--key", key.toString());
  }

  private static void enrol(Conversation talk, String writ, String workload, Path key) {
    Conversation.Ran offered = talk.writ("enrol", "offer", writ, "--workload", workload);
    String code = offered.out().lines().findFirst().orElseThrow().substring("code   ".length());
    talk.writ("enrol", "redeem", code, "--key", key.toString());
    talk.writ("enrol", "redeem", code, "--key", key + ".again");
  }

  private static void evidence(Conversation talk) throws Exception {
    Path ledger = folder.resolve("ledger");
    Path key = folder.resolve("writ.vkey");
    talk.quietly("ledger", "export", ledger.toString());
    talk.writ("ledger", "export", folder.resolve("refused").toString());
    talk.writ("login", "--as", "marta.silva");
    Conversation.Ran exported = talk.quietly("ledger", "export", ledger.toString(), "--force");
    assertThat(exported.status()).as(exported.err()).isZero();
    Files.write(key, get("/ledger/key.vkey").body());
    Conversation.Ran verified =
        talk.quietly("verify", ledger.toString(), "--key", key.toString(), "--json");
    assertThat(verified.out()).contains("\"ok\":true");
  }

  @Test
  void repliesAreWhatTheDocumentSays() throws Exception {
    Json.Obj document = body(get("/openapi.json"));
    Replies replies = new Replies(document);
    assertThat(replies.problems("/v1/ledger", body(get("/v1/ledger")))).isEmpty();
    assertThat(replies.problems("/v1/health", body(get("/v1/health")))).isEmpty();
    assertThat(replies.ofProblem(body(get("/v1/nothing")))).isEmpty();
    assertThat(replies.ofProblem(body(get("/v1/me")))).isEmpty();
    Json.Obj broken = Json.object().put("founded", "yes").put("more", 1).build();
    assertThat(replies.problems("/v1/ledger", broken)).isNotEmpty();
  }

  @Test
  void badInputIsAnsweredWithEveryProblemAndNothingElse() throws Exception {
    StringBuilder said = new StringBuilder();
    for (String body :
        List.of(
            "{",
            "[]",
            "{\"person\":\"a\",\"person\":\"b\"}",
            "{\"person\":\"a b\"}",
            "{\"person\":7,\"extra\":1,\"another\":{}}",
            "{\"person\":" + "[".repeat(40) + "]".repeat(40) + "}",
            "{\"person\":\"\\ud800\"}",
            "{\"person\":\"" + "x".repeat(5_000_000) + "\"}")) {
      HttpResponse<byte[]> answer = post("/v1/sessions", "application/json", body);
      String shown = body.length() > 60 ? body.substring(0, 30) + "..." : body;
      said.append(shown).append('\n').append(answer.statusCode()).append('\n');
      said.append(body(answer).pretty()).append("\n\n");
    }
    HttpResponse<byte[]> wrongType = post("/v1/sessions", "text/plain", "{}");
    said.append("text/plain\n").append(wrongType.statusCode()).append('\n');
    said.append(body(wrongType).pretty()).append('\n');
    String text = said.toString();
    assertThat(text).isEqualTo(Conversation.recorded("bad-input.txt", text));
  }

  @Test
  void hashTilesAreForEverybodyAndEntriesForAuditors() throws Exception {
    long size = body(get("/v1/ledger")).integer("entries").orElseThrow();
    assertThat(get("/ledger/tile/0/000.p/1").statusCode()).isEqualTo(200);
    assertThat(get("/ledger/tile/0/000.p/1").body()).hasSize(32);
    assertThat(get("/ledger/tile/entries/000.p/1").statusCode()).isEqualTo(401);
    assertThat(get("/ledger/tile/0/009").statusCode()).isEqualTo(404);
    assertThat(get("/ledger/tile/0/0").statusCode()).isEqualTo(404);
    assertThat(get("/v1/receipts/0").statusCode()).isEqualTo(200);
    assertThat(get("/v1/receipts/" + (size + 1_000_000)).statusCode()).isEqualTo(404);
    assertThat(get("/v1/receipts/x").statusCode()).isEqualTo(404);
  }

  private static Json.Obj json(Conversation.Ran ran) {
    assertThat(ran.err()).isEmpty();
    return Json.parseObject(
            ran.out().getBytes(StandardCharsets.UTF_8), new Json.Bounds(1 << 20, 64, 99_999, true))
        .orThrow();
  }

  private static Json.Obj body(HttpResponse<byte[]> answer) {
    return Json.parseObject(answer.body(), new Json.Bounds(1 << 20, 64, 99_999, true)).orThrow();
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url + path)).build());
  }

  private static HttpResponse<byte[]> post(String path, String type, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
