package dev.writ.server.oauth;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.TaskId;
import dev.writ.fact.CommandKey;
import dev.writ.operation.ExchangeToken;
import dev.writ.operation.OpenTask;
import dev.writ.operation.Refusal;
import dev.writ.operation.RenewToken;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Form;
import dev.writ.server.http.OauthDialect;
import dev.writ.server.http.OauthDialect.Code;
import dev.writ.server.keys.TokenChecked;
import dev.writ.server.keys.TokenText;
import dev.writ.server.oauth.OauthDoor.Caller;
import dev.writ.token.SignedToken;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The token endpoint: a task's first token by client credentials, a narrower one by exchange. */
final class TokenRequests {
  private static final Set<String> TOKEN_TYPES =
      Set.of(OauthDoor.ACCESS_TOKEN, "urn:ietf:params:oauth:token-type:jwt");

  private final OauthDoor.Operations operations;
  private final OwnTokens tokens;
  private final InstantSource time;

  TokenRequests(OauthDoor.Operations operations, OwnTokens tokens, InstantSource time) {
    this.operations = operations;
    this.tokens = tokens;
    this.time = time;
  }

  Answer answer(Caller caller) {
    Form form = caller.form();
    Optional<String> grant = form.one("grant_type");
    if (grant.isEmpty()) {
      return OauthDoor.missing("grant_type");
    }
    if (form.one("scope").isPresent()) {
      return OauthDialect.error(
          Code.INVALID_SCOPE,
          "scope-unsupported",
          "there are no scopes here; say what you need in authorization_details");
    }
    Optional<List<String>> audience = audience(form);
    if (audience.isEmpty()) {
      return OauthDialect.error(
          Code.INVALID_TARGET,
          "audience-unknown",
          "name at most one resource or audience: an absolute URI without a fragment");
    }
    Optional<String> target = audience.get().stream().findFirst();
    return switch (TaskDetails.parse(form)) {
      case Parsed.Refused<TaskDetails>(List<Problem> problems) -> details(problems);
      case Parsed.Ok<TaskDetails>(TaskDetails details) ->
          switch (grant.get()) {
            case OauthDoor.CLIENT_CREDENTIALS -> open(caller, details, target);
            case OauthDoor.EXCHANGE -> exchange(caller, details, target);
            default ->
                OauthDialect.error(
                    Code.UNSUPPORTED_GRANT_TYPE,
                    "grant-type-unsupported",
                    "use client_credentials or token exchange");
          };
    };
  }

  /** None or one; empty when there are several, or what is named is no resource (RFC 8707). */
  private static Optional<List<String>> audience(Form form) {
    Set<String> named = new LinkedHashSet<>(form.all("resource"));
    for (String resource : named) {
      try {
        URI uri = new URI(resource);
        if (!uri.isAbsolute() || uri.getRawFragment() != null) {
          return Optional.empty();
        }
      } catch (URISyntaxException e) {
        return Optional.empty();
      }
    }
    named.addAll(form.all("audience"));
    return named.size() > 1 ? Optional.empty() : Optional.of(List.copyOf(named));
  }

  private static Answer details(List<Problem> problems) {
    List<String> all = new ArrayList<>();
    problems.forEach(p -> all.add(p.toString()));
    return OauthDialect.error(
        Code.INVALID_AUTHORIZATION_DETAILS,
        "authorization-details-malformed",
        String.join(". ", all));
  }

  private Answer renew(Caller caller, TaskId task, TaskDetails details, Optional<String> audience) {
    var request =
        new RenewToken.Request(
            caller.client().workload(), task, details.permissions(), audience, key(caller));
    return switch (operations.renew().run(request)) {
      case RenewToken.Reply.Issued(SignedToken token) -> issued(token, Optional.empty());
      case RenewToken.Reply.Refused(Refusal refusal) -> OauthDialect.answer(refusal);
    };
  }

  private Answer open(Caller caller, TaskDetails details, Optional<String> audience) {
    if (details.task().isPresent()) {
      return renew(caller, details.task().get(), details, audience);
    }
    if (details.writ().isEmpty()) {
      return details(
          List.of(
              new Problem(
                  "authorization_details", "no writ is named", "name the writ to open a task of")));
    }
    // A wrong name is told before anything is recorded; no writ, and the operation refuses it.
    boolean another =
        caller
            .state()
            .writ(details.writ().get(), caller.now())
            .filter(w -> w.issued().workload().equals(caller.client().workload()))
            .map(w -> w.issued().requester())
            .filter(r -> !details.requester().orElse(r).equals(r))
            .isPresent();
    if (another) {
      return details(
          List.of(new Problem("requester", "the writ is for somebody else", "leave it out")));
    }
    var request =
        new OpenTask.Request(
            caller.client().workload(),
            details.writ().get(),
            details.permissions(),
            audience,
            key(caller));
    return switch (operations.open().run(request)) {
      case OpenTask.Reply.Opened(SignedToken token) -> issued(token, Optional.empty());
      case OpenTask.Reply.Refused(Refusal refusal) -> OauthDialect.answer(refusal);
    };
  }

  private Answer exchange(Caller caller, TaskDetails details, Optional<String> audience) {
    Form form = caller.form();
    Optional<String> subject = form.one("subject_token");
    if (subject.isEmpty()) {
      return OauthDoor.missing("subject_token");
    }
    if (!TOKEN_TYPES.contains(form.one("subject_token_type").orElse(""))
        || !TOKEN_TYPES.contains(form.one("requested_token_type").orElse(OauthDoor.ACCESS_TOKEN))) {
      return invalid("token-type-unsupported", "only access tokens are exchanged");
    }
    if (form.one("actor_token").isPresent() || form.one("actor_token_type").isPresent()) {
      return invalid("actor-token-unsupported", "the actor is the authenticated client");
    }
    if (details.writ().isPresent()
        || details.task().isPresent()
        || details.requester().isPresent()) {
      return details(
          List.of(
              new Problem(
                  "authorization_details",
                  "writ, task and requester come with the subject token",
                  "name permissions alone")));
    }
    return switch (tokens.check(subject.get())) {
      // RFC 8693, section 2.2.2: an invalid subject token is an invalid request.
      case TokenChecked.Bad(TokenChecked.Why why) -> invalid(why.problem(), why.message());
      case TokenChecked.Good(var token) -> {
        var request =
            new ExchangeToken.Request(
                caller.client().workload(), token, details.permissions(), audience, key(caller));
        yield switch (operations.exchange().run(request)) {
          case ExchangeToken.Reply.Issued(SignedToken child) ->
              issued(child, Optional.of(OauthDoor.ACCESS_TOKEN));
          case ExchangeToken.Reply.Refused(Refusal refusal) -> OauthDialect.answer(refusal);
        };
      }
    };
  }

  private static Answer invalid(String problem, String description) {
    return OauthDialect.error(Code.INVALID_REQUEST, problem, description);
  }

  /** The client's key for this command: the assertion's id; the request is everything else. */
  private static CommandKey key(Caller caller) {
    Json.Builder rest = Json.object();
    for (String name : caller.form().names()) {
      if (!name.equals("client_assertion") && !name.equals("client_assertion_type")) {
        rest.put(name, Json.strings(caller.form().all(name)));
      }
    }
    Digest request = rest.build().digest();
    return new CommandKey(
        UsedAssertions.key(caller.client()),
        request,
        caller.client().until().plus(ClientAssertions.LEEWAY));
  }

  private Answer issued(SignedToken token, Optional<String> type) {
    Duration life = Duration.between(time.instant(), token.draft().until());
    Json.Builder json =
        Json.object()
            .put("access_token", token.compact())
            .put("token_type", "Bearer")
            .put("expires_in", Math.max(0, life.toSeconds()))
            .put("authorization_details", TokenText.details(token.draft()));
    type.ifPresent(t -> json.put("issued_token_type", t));
    return Answer.json(200, json.build()).with("Pragma", "no-cache");
  }
}
