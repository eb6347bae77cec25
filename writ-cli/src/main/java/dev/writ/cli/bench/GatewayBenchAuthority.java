package dev.writ.cli.bench;

import dev.writ.base.CallId;
import dev.writ.base.Entropy;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.server.gateway.Authority;
import dev.writ.server.gateway.CallOutcome;
import dev.writ.server.gateway.CallQuestion;
import dev.writ.server.gateway.Decided;
import dev.writ.server.gateway.RevocationFeed;
import dev.writ.server.gateway.TokenCheck;
import dev.writ.server.gateway.ToolsSeen;
import dev.writ.server.upstream.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Allows everything at once and forgets every outcome. */
final class GatewayBenchAuthority implements Authority {
  private final Entropy entropy;
  private final Upstream upstream;
  private final RevocationFeed feed = new RevocationFeed(System::nanoTime);

  GatewayBenchAuthority(Entropy entropy, URI upstream) {
    this.entropy = entropy;
    this.upstream = new Upstream.Http(upstream, Duration.ofSeconds(20));
  }

  /** Whatever token, always the same caller. */
  static TokenCheck anybody(Entropy entropy) {
    TokenCheck.Checked same =
        new TokenCheck.Checked.Good(
            new TokenCheck.Caller(TokenId.fresh(entropy), TaskId.fresh(entropy), "bench"));
    return presented -> same;
  }

  @Override
  public Decided decide(CallQuestion question) {
    return new Decided.Allowed(
        CallId.fresh(entropy),
        Duration.ofSeconds(2),
        upstream,
        question.tool(),
        question.arguments(),
        List.of(question.task().value(), question.token().value()),
        new TreeMap<>(),
        List.of());
  }

  @Override
  public void record(List<CallOutcome> outcomes) {}

  @Override
  public ToolsSeen tools(TaskId task, TokenId token) {
    return new ToolsSeen.Listed(List.of());
  }

  @Override
  public RevocationFeed revocations() {
    return feed;
  }
}
