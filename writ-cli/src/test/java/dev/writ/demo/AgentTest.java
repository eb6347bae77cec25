package dev.writ.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.CallId;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.server.gateway.Authority;
import dev.writ.server.gateway.AuthorityDown;
import dev.writ.server.gateway.CallOutcome;
import dev.writ.server.gateway.CallQuestion;
import dev.writ.server.gateway.Decided;
import dev.writ.server.gateway.Gateway;
import dev.writ.server.gateway.GatewaySettings;
import dev.writ.server.gateway.RevocationFeed;
import dev.writ.server.gateway.TokenCheck;
import dev.writ.server.gateway.ToolsSeen;
import dev.writ.server.upstream.Destinations;
import dev.writ.server.upstream.Upstreams;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the agent makes of the gateway's answers. */
class AgentTest {
  private final Random random = new Random(5);
  private final Entropy entropy = random::nextBytes;
  private final CallId call = CallId.fresh(entropy);

  /** Denies one tool, finds the token dead at another, and is down at a third. */
  private final class Severe implements Authority {
    private final RevocationFeed feed = new RevocationFeed(System::nanoTime);

    @Override
    public Decided decide(CallQuestion question) {
      return switch (question.tool()) {
        case "dead" -> new Decided.Refused("token-revoked", "the token was revoked");
        case "down" -> throw new AuthorityDown("no ledger", Duration.ofSeconds(1));
        default ->
            new Decided.Denied(Optional.of(call), "not-permitted", List.of("p1"), "no", "ask");
      };
    }

    @Override
    public void record(List<CallOutcome> outcomes) {
      throw new AssertionError("nothing was allowed");
    }

    @Override
    public ToolsSeen tools(TaskId task, TokenId token) {
      return new ToolsSeen.Listed(List.of());
    }

    @Override
    public RevocationFeed revocations() {
      return feed;
    }
  }

  private TokenCheck.Checked check(TokenCheck.Presented presented) {
    return presented.token().equals("good")
        ? new TokenCheck.Checked.Good(
            new TokenCheck.Caller(TokenId.fresh(entropy), TaskId.fresh(entropy), "w"))
        : new TokenCheck.Checked.Bad(TokenCheck.Kind.INVALID_TOKEN, "the token has expired");
  }

  @Test
  void everyRefusalIsTold() {
    TokenCheck.Checked one = check(new TokenCheck.Presented("", "good", Optional.empty(), "", ""));
    TokenCheck same = p -> p.token().equals("good") ? one : check(p);
    Upstreams upstreams = new Upstreams(new Destinations(List.of()), Optional.empty());
    GatewaySettings settings =
        new GatewaySettings(
            "127.0.0.1", 0, URI.create("https://g.example/mcp"), List.of("x"), List.of());
    Gateway.Parts parts =
        new Gateway.Parts(same, new Severe(), upstreams, entropy, System::nanoTime);
    Json.Obj none = Json.object().build();
    try (Gateway gateway = Gateway.start(settings, parts);
        Agent agent = new Agent(gateway.localUrl(), () -> "good");
        Agent old = new Agent(gateway.localUrl(), () -> "old")) {
      Agent.Called.Refused denied = (Agent.Called.Refused) agent.call("pay", none);
      assertThat(denied.code()).isEqualTo(-32001);
      assertThat(denied.data().text("reason")).hasValue("not-permitted");
      assertThat(denied.data().text("call")).hasValue(call.value());
      assertThat(agent.call("down", none)).isInstanceOf(Agent.Called.Unavailable.class);
      assertThat(agent.call("dead", none)).isInstanceOf(Agent.Called.Unauthorized.class);
      assertThat(old.call("pay", none)).isInstanceOf(Agent.Called.Unauthorized.class);
    }
  }
}
