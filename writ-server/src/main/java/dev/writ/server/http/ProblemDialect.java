package dev.writ.server.http;

import dev.writ.base.Json;
import dev.writ.base.Problem;
import dev.writ.operation.Refusal;
import java.time.Duration;
import java.util.List;

/** Refusals and faults as RFC 9457 problem details. The {@code type} is a stable URN. */
public final class ProblemDialect {
  private static final String MEDIA_TYPE = "application/problem+json";

  private ProblemDialect() {}

  /** What an operation refused. */
  public static Answer answer(Refusal refusal) {
    return problem(
        status(refusal), refusal.name(), refusal.what(), refusal.remedy(), problems(refusal));
  }

  private static List<Problem> problems(Refusal refusal) {
    if (refusal instanceof Refusal.InputInvalid(List<Problem> all)) {
      return all;
    }
    return List.of();
  }

  /** What the edge refused. */
  public static Answer answer(HttpRefusal refusal) {
    List<Problem> problems =
        refusal instanceof HttpRefusal.Malformed(List<Problem> all) ? all : List.of();
    return edged(
        refusal,
        problem(status(refusal), refusal.name(), refusal.what(), refusal.remedy(), problems));
  }

  /** The headers a status asks for. */
  static Answer edged(HttpRefusal refusal, Answer answer) {
    return switch (refusal) {
      case HttpRefusal.MethodNotAllowed(List<String> allowed) ->
          answer.with("Allow", String.join(", ", allowed));
      case HttpRefusal.Unauthenticated u -> answer.with("WWW-Authenticate", "Bearer");
      case HttpRefusal.BodyTooLarge b -> answer.with("Connection", "close");
      case HttpRefusal.BodyTooSlow b -> answer.with("Connection", "close");
      case HttpRefusal.WrongMediaType w -> answer;
      case HttpRefusal.Malformed m -> answer;
      case HttpRefusal.NoSuchPath n -> answer;
    };
  }

  /** A fault of the world: no detail, and when to try again. */
  static Answer unavailable(Duration retryAfter) {
    return problem(
            503,
            "unavailable",
            "Nothing can be decided at the moment",
            "Try again after a while",
            List.of())
        .with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  /** A bug: its detail stays in the log, under the request's id. */
  static Answer bug(String requestId) {
    return problem(
        500,
        "internal",
        "Something went wrong on our side",
        "Tell the operators the request id `" + requestId + "`",
        List.of());
  }

  private static Answer problem(
      int status, String name, String title, String detail, List<Problem> problems) {
    Json.Builder json =
        Json.object()
            .put("type", "urn:writ:problem:" + name)
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    if (!problems.isEmpty()) {
      json.put("problems", Json.array(problems.stream().map(ProblemDialect::json).toList()));
    }
    return Answer.bytes(status, MEDIA_TYPE, json.build().canonical());
  }

  private static Json.Obj json(Problem problem) {
    return Json.object()
        .put("place", problem.place())
        .put("what", problem.what())
        .put("remedy", problem.remedy())
        .build();
  }

  static int status(HttpRefusal refusal) {
    return switch (refusal) {
      case HttpRefusal.BodyTooLarge r -> 413;
      case HttpRefusal.BodyTooSlow r -> 408;
      case HttpRefusal.WrongMediaType r -> 415;
      case HttpRefusal.Malformed r -> 400;
      case HttpRefusal.NoSuchPath r -> 404;
      case HttpRefusal.MethodNotAllowed r -> 405;
      case HttpRefusal.Unauthenticated r -> 401;
    };
  }

  private static int status(Refusal refusal) {
    return switch (refusal) {
      case Refusal.InputInvalid r -> 400;
      case Refusal.AudienceUnknown r -> 400;
      case Refusal.DutyMissing r -> 403;
      case Refusal.SelfAppointment r -> 403;
      case Refusal.SecondPersonNeeded r -> 403;
      case Refusal.PersonUnknown r -> 403;
      case Refusal.NeverAdmitted r -> 403;
      case Refusal.SelfApproval r -> 403;
      case Refusal.NotEligible r -> 403;
      case Refusal.WorkloadNotNamed r -> 403;
      case Refusal.NotOwner r -> 403;
      case Refusal.EnrolmentInvalid r -> 403;
      case Refusal.JoinInvalid r -> 403;
      case Refusal.Wider r -> 403;
      case Refusal.TooDeep r -> 403;
      case Refusal.TokenNotLive r -> 403;
      case Refusal.WorkflowUnknown r -> 404;
      case Refusal.DossierUnknown r -> 404;
      case Refusal.NotFounded r -> 409;
      case Refusal.AlreadyFounded r -> 409;
      case Refusal.NotPublished r -> 409;
      case Refusal.Moved r -> 409;
      case Refusal.PolicyFaulty r -> 409;
      case Refusal.AlreadyApproved r -> 409;
      case Refusal.WritNotInForce r -> 409;
      case Refusal.SpecOver r -> 409;
      case Refusal.WorkloadTaken r -> 409;
      case Refusal.LimitReached r -> 409;
      case Refusal.TaskNotOpen r -> 409;
      case Refusal.KeyReused r -> 409;
      case Refusal.KeyReplaced r -> 409;
      case Refusal.CallNotOpen r -> 409;
    };
  }
}
