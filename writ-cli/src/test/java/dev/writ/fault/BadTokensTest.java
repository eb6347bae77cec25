package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WritId;
import dev.writ.server.keys.KeyHome;
import dev.writ.server.keys.KeyUnlock;
import dev.writ.server.keys.Keys;
import dev.writ.server.keys.MasterKeys;
import dev.writ.server.keys.Signatures;
import dev.writ.token.Scope;
import dev.writ.token.TokenDraft;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens at the gateway that are not, or no longer, good there. */
@Tag("services")
class BadTokensTest {
  private static final Entropy ENTROPY = new SecureRandom()::nextBytes;

  @Test
  void eachIsRefusedInTheStandardsWords(@TempDir Path folder) throws Exception {
    Site site = Site.founded(folder);
    Site elsewhere = Site.founded(folder.resolve("elsewhere"));
    try (CountingTools tools = CountingTools.prompt();
        Site.Serving serving = site.serve(tools)) {
      String writ = serving.company().writ(tools.url());
      Worker worker = serving.worker(writ);
      String good = worker.open(writ).token();
      String issuer = serving.url().toString();
      Draft draft = new Draft(claims(good), serving.gateway().toString());
      // A token we sign with the server's own key passes, so that what follows tests one thing
      // each.
      String own = keys(site).tokenSigner(issuer).sign(draft.until(later())).compact();
      assertThat(worker.list(own, "sup-118").status()).isEqualTo(200);

      for (Map.Entry<String, String> bad : bad(new Signing(site, elsewhere, issuer), draft, good)) {
        refused(worker.list(bad.getValue(), "sup-118"), serving.gateway(), bad.getKey());
      }
      assertThat(tools.calls()).isEqualTo(1);
    }
  }

  private record Signing(Site site, Site elsewhere, String issuer) {}

  private static List<Map.Entry<String, String>> bad(Signing with, Draft draft, String good)
      throws IOException {
    Keys ours = keys(with.site());
    Keys foreign = keys(with.elsewhere());
    Draft other = new Draft(draft.claims(), "https://other.example/mcp");
    int middle = good.indexOf('.') + 20;
    char flipped = good.charAt(middle) == 'A' ? 'B' : 'A';
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put(
        "expired",
        ours.tokenSigner(with.issuer())
            .sign(draft.until(Instant.now().minus(Duration.ofMinutes(1))))
            .compact());
    bad.put("wrong audience", ours.tokenSigner(with.issuer()).sign(other.until(later())).compact());
    bad.put("foreign key", foreign.tokenSigner(with.issuer()).sign(draft.until(later())).compact());
    bad.put(
        "foreign issuer",
        ours.tokenSigner("https://issuer.example").sign(draft.until(later())).compact());
    bad.put("tampered", good.substring(0, middle) + flipped + good.substring(middle + 1));
    bad.put("cut", good.substring(0, good.length() - 4));
    bad.put("no token at all", "x");
    return List.copyOf(bad.entrySet());
  }

  /** RFC 6750, section 3; RFC 9728, section 5.1. */
  private static void refused(Worker.Reply reply, URI gateway, String why) {
    assertThat(reply.status()).as(why).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate"))
        .as(why)
        .startsWith("Bearer ")
        .contains("error=\"invalid_token\"")
        .contains("resource_metadata=\"" + gateway.resolve("/.well-known/"));
  }

  private static Instant later() {
    return Instant.now().plus(Duration.ofMinutes(3));
  }

  private static Keys keys(Site site) throws IOException {
    Path folder = site.data().resolve("keys");
    MasterKeys masters = MasterKeys.read(folder.resolve("master.keys"));
    return Keys.open(
        new KeyHome(folder.resolve("writ.keys"), new KeyUnlock.Master(masters), masters),
        Signatures.best(),
        ENTROPY,
        InstantSource.system());
  }

  private static Json.Obj claims(String token) {
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return Json.parseObject(payload, Json.Bounds.REQUEST).orThrow();
  }

  /** What a good token says, to be said again with another end or audience. */
  private record Draft(Json.Obj claims, String audience) {
    TokenDraft until(Instant until) {
      Json.Obj detail = (Json.Obj) claims.array("authorization_details").orElseThrow().getFirst();
      return new TokenDraft(
          TokenId.parse(claims.text("jti").orElseThrow()).orThrow(),
          TaskId.parse(claims.text("txn").orElseThrow()).orThrow(),
          WritId.parse(detail.text("writ").orElseThrow()).orThrow(),
          detail.text("requester").orElseThrow(),
          claims.text("sub").orElseThrow(),
          claims.text("client_id").orElseThrow(),
          List.of(),
          audience,
          until.minus(Duration.ofMinutes(4)),
          until,
          Scope.parse(Json.array(detail.array("permissions").orElseThrow())).orThrow(),
          Optional.empty());
    }
  }
}
