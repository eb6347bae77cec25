package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.audit.VerifierKey;
import dev.writ.base.Json;
import dev.writ.cli.Cli;
import dev.writ.fact.Fact;
import dev.writ.terminal.Api;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writ's own keys replaced under running servers, interrupted, and by nodes that lag behind. */
@Tag("services")
class KeyRotationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static String kid(String token) {
    byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
    return Json.parseObject(header, Json.Bounds.REQUEST).orThrow().text("kid").orElseThrow();
  }

  private static List<String> published(Site.Serving at) {
    return Json.parseObject(at.bytes("/jwks"), Json.Bounds.REQUEST)
        .orThrow()
        .array("keys")
        .orElseThrow()
        .stream()
        .map(k -> ((Json.Obj) k).text("kid").orElseThrow())
        .toList();
  }

  private static Json.Obj rotate(Api operator, String use, boolean revoke) {
    Json.Obj wish = Json.object().put("revoke_former", revoke).build();
    return operator.post("/v1/keys/" + use + "/rotate", wish);
  }

  private static List<String> masters(Api operator) {
    return operator.get("/v1/keys").array("keys").orElseThrow().stream()
        .map(k -> (Json.Obj) k)
        .filter(k -> k.text("use").equals(Optional.of("master")))
        .map(k -> k.text("id").orElseThrow())
        .toList();
  }

  private static boolean active(Worker worker, String token) {
    return worker
        .identity()
        .introspect(token)
        .get("active")
        .equals(Optional.of(new Json.Bool(true)));
  }

  @Test
  void bothNodesSignWithTheNewKeyAndARevokedOneIsRefusedAtBothAtOnce(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      try (Site.Serving a = site.serve(tools);
          Site.Serving b = site.sharing(folder.resolve("b")).serve(tools);
          Api operator = a.company().operator()) {
        String founding = a.key();
        byte[] before = a.bytes("/ledger/checkpoint");
        String writ = a.company().writ(tools.url());
        Worker atA = a.worker(writ);
        Worker atB = b.worker(writ);
        Worker.Opened old = atA.open(writ);

        String next = rotate(operator, "token", false).text("id").orElseThrow();
        assertThat(next).isNotEqualTo(kid(old.token()));
        Worker.Opened fresh = atB.open(writ);
        assertThat(kid(fresh.token())).isEqualTo(next);
        assertThat(kid(atA.open(writ).token())).isEqualTo(next);
        for (Site.Serving at : List.of(a, b)) {
          assertThat(published(at)).containsExactly(kid(old.token()), next);
        }
        for (Worker worker : List.of(atA, atB)) {
          assertThat(active(worker, old.token())).isTrue();
          assertThat(active(worker, fresh.token())).isTrue();
        }
        assertThat(atA.list(old.token(), "sup-118").call()).isPresent();
        assertThat(atB.list(fresh.token(), "sup-118").call()).isPresent();

        // The other node gives the order: neither may need to be told.
        revoked(b, List.of(atA, atB), List.of(old, fresh));
        assertThat(atA.list(old.token(), "sup-118").status()).isEqualTo(401);
        assertThat(atB.list(fresh.token(), "sup-118").status()).isEqualTo(401);
        Worker.Opened last = atB.open(writ);
        // A gateway asks for unknown keys once a second at most.
        Until.holds(
            "the gateway knows the newest key",
            PATIENCE,
            () -> atB.list(last.token(), "sup-118").call().isPresent());

        rotate(operator, "log", false);
        String wraps = rotate(operator, "master", false).text("id").orElseThrow();
        Until.holds(
            "every workflow's key is wrapped anew",
            PATIENCE,
            () -> masters(operator).equals(List.of(wraps)));
        assertThat(atB.list(last.token(), "sup-118").call()).isPresent();
        b.follow(a);
        Evidence.take(site, b.url(), Optional.of(before), founding);
        Evidence evidence = Evidence.take(site, b.url(), Optional.empty(), a.key());
        assertThat(a.key()).isNotEqualTo(founding);
        assertThat(evidence.of(Fact.FormerKeysRevoked.class, f -> f.use().name()))
            .containsExactly("TOKEN");
      }
    }
  }

  private static void revoked(Site.Serving at, List<Worker> workers, List<Worker.Opened> dead) {
    try (Api operator = at.company().operator()) {
      String revoking = rotate(operator, "token", true).text("id").orElseThrow();
      for (Worker worker : workers) {
        dead.forEach(each -> assertThat(active(worker, each.token())).isFalse());
      }
      assertThat(published(at)).containsExactly(revoking);
    }
  }

  @Test
  void aServerKilledBeforeOrAfterTheFactGoesOnWithTheKeyThatWasStored(@TempDir Path folder)
      throws Exception {
    Site site = Site.founded(folder);
    try (CountingTools tools = CountingTools.prompt()) {
      String writ;
      String prepared;
      String founding;
      try (Site.Serving serving = site.serve(tools);
          Api operator = serving.company().operator()) {
        founding = serving.key();
        writ = serving.company().writ(tools.url());
        prepared =
            operator.post("/v1/keys/token/prepare", Json.object().build()).text("id").orElseThrow();
        operator.post("/v1/keys/log/prepare", Json.object().build());
        assertThat(kid(serving.worker(writ).open(writ).token())).isNotEqualTo(prepared);
        serving.child().kill();
      }
      try (Site.Serving serving = site.serve(tools);
          Api operator = serving.company().operator()) {
        assertThat(kid(serving.worker(writ).open(writ).token())).isNotEqualTo(prepared);
        assertThat(rotate(operator, "token", false).text("id")).contains(prepared);
        rotate(operator, "log", false);
        serving.child().kill();
      }
      try (Site.Serving serving = site.serve(tools)) {
        assertThat(kid(serving.worker(writ).open(writ).token())).isEqualTo(prepared);
        assertThat(serving.key()).isNotEqualTo(founding);
        Evidence.take(site, serving.url(), Optional.empty(), serving.key());
        verifiesWith(site, serving.url(), founding);
      }
    }
  }

  /** As an auditor who was given the key when the ledger was founded. */
  private static void verifiesWith(Site site, URI server, String key) throws Exception {
    VerifierKey.parse(key).orThrow();
    Path home = Files.createTempDirectory(site.folder(), "auditor-");
    Path keyFile = Files.writeString(home.resolve("founding.vkey"), key);
    World world =
        new World(
            Map.of("WRIT_HOME", home.toString()),
            site.folder(),
            InputStream.nullInputStream(),
            false,
            Clock.systemUTC(),
            new SecureRandom()::nextBytes);
    Path ledger = home.resolve("ledger");
    said(world, "login", "--as", Company.AUDITOR, "--server", server.toString());
    said(world, "ledger", "export", ledger.toString(), "--server", server.toString());
    assertThat(said(world, "verify", ledger.toString(), "--key", keyFile.toString()))
        .contains("verified");
  }

  private static String said(World world, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    int status = Cli.of(world, new PrintWriter(out), new PrintWriter(errors)).execute(arguments);
    assertThat(status).as(out + errors.toString()).isZero();
    return out.toString();
  }

  @Test
  void aNodeThatLacksTheNewKeyAnswersNobodyUntilItIsBroughtThere(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      Site copy = Site.empty(folder.resolve("b"), postgres.flags());
      try (Site.Serving a = site.serve(tools);
          Site.Serving b = site.another(copy, a).serve(tools);
          Api operator = a.company().operator();
          Api anybody = new Api(b.url(), Optional.empty())) {
        anybody.get("/v1/health");
        String next = rotate(operator, "token", false).text("id").orElseThrow();
        assertThatThrownBy(() -> anybody.get("/v1/health"))
            .isInstanceOfSatisfying(
                Failure.class, f -> assertThat(f.name()).isEqualTo("unavailable"));
        assertThat(b.child().complaints()).contains(next, "answers nobody");
        Files.copy(
            site.data().resolve("keys/writ.keys"),
            copy.data().resolve("keys/writ.keys"),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
        Until.holds("it answers again", PATIENCE, () -> answers(anybody));
        assertThat(published(b)).contains(next);

        rotate(operator, "log", false);
        b.end();
        try (Child refused = copy.started(tools)) {
          Child.Ended ended = refused.ended();
          assertThat(ended.status()).as(ended.errors()).isEqualTo(3);
          assertThat(ended.errors()).contains("does not hold");
        }
      }
    }
  }

  private static boolean answers(Api anybody) {
    try {
      return new String(anybody.bytes("/v1/health"), StandardCharsets.UTF_8).contains("true");
    } catch (Failure failure) {
      return false;
    }
  }
}
