package dev.writ.server.http;

import dev.writ.base.Json;
import dev.writ.operation.Refusal;
import java.time.Duration;

/**
 * Refusals and faults as OAuth error JSON (RFC 6749, section 5.2; codes of RFC 8693, 8707 and
 * 9396). {@code writ_problem} carries the stable name.
 */
public final class OauthDialect {
  private OauthDialect() {}

  /** An OAuth error. */
  public enum Code {
    INVALID_REQUEST(400),
    INVALID_CLIENT(401),
    INVALID_GRANT(400),
    UNAUTHORIZED_CLIENT(400),
    UNSUPPORTED_GRANT_TYPE(400),
    UNSUPPORTED_TOKEN_TYPE(400),
    INVALID_SCOPE(400),
    INVALID_TARGET(400),
    INVALID_AUTHORIZATION_DETAILS(400),
    ACCESS_DENIED(400),
    TEMPORARILY_UNAVAILABLE(503),
    SERVER_ERROR(500);

    private final int status;

    Code(int status) {
      this.status = status;
    }

    /** {@code invalid_request}. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What an operation refused. */
  public static Answer answer(Refusal refusal) {
    return error(code(refusal), refusal.name(), refusal.what() + ". " + refusal.remedy());
  }

  /** What the edge refused. */
  public static Answer answer(HttpRefusal refusal) {
    Answer answer =
        error(
            ProblemDialect.status(refusal),
            code(refusal),
            refusal.name(),
            refusal.what() + ". " + refusal.remedy());
    return ProblemDialect.edged(refusal, answer);
  }

  static Answer unavailable(Duration retryAfter) {
    return error(
            Code.TEMPORARILY_UNAVAILABLE,
            "unavailable",
            "Nothing can be decided at the moment. Try again after a while")
        .with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  static Answer bug(String requestId) {
    return error(
        Code.SERVER_ERROR,
        "internal",
        "Something went wrong on our side. Tell the operators the request id " + requestId);
  }

  /** An error with its usual status. */
  public static Answer error(Code code, String problem, String description) {
    return error(code.status, code, problem, description);
  }

  private static Answer error(int status, Code code, String problem, String description) {
    return Answer.json(
            status,
            Json.object()
                .put("error", code.text())
                .put("error_description", described(description))
                .put("writ_problem", problem)
                .build())
        .with("Pragma", "no-cache");
  }

  /** Only the characters RFC 6749 allows in a description. */
  private static String described(String text) {
    StringBuilder out = new StringBuilder();
    text.replace('`', '\'')
        .replace('"', '\'')
        .replace('\\', '/')
        .codePoints()
        .limit(500)
        .forEach(c -> out.appendCodePoint(c >= 0x20 && c <= 0x7e ? c : '?'));
    return out.toString();
  }

  private static Code code(HttpRefusal refusal) {
    return switch (refusal) {
      case HttpRefusal.Unauthenticated r -> Code.INVALID_CLIENT;
      case HttpRefusal.BodyTooLarge r -> Code.INVALID_REQUEST;
      case HttpRefusal.BodyTooSlow r -> Code.INVALID_REQUEST;
      case HttpRefusal.WrongMediaType r -> Code.INVALID_REQUEST;
      case HttpRefusal.Malformed r -> Code.INVALID_REQUEST;
      case HttpRefusal.NoSuchPath r -> Code.INVALID_REQUEST;
      case HttpRefusal.MethodNotAllowed r -> Code.INVALID_REQUEST;
    };
  }

  private static Code code(Refusal refusal) {
    return switch (refusal) {
      case Refusal.InputInvalid r -> Code.INVALID_REQUEST;
      // RFC 8693, section 2.2.2: an unacceptable subject token is an invalid request.
      case Refusal.TokenNotLive r -> Code.INVALID_REQUEST;
      case Refusal.AudienceUnknown r -> Code.INVALID_TARGET;
      case Refusal.Wider r -> Code.INVALID_AUTHORIZATION_DETAILS;
      // The client assertion was used before, for something else.
      case Refusal.KeyReused r -> Code.INVALID_CLIENT;
      case Refusal.KeyReplaced r -> Code.INVALID_REQUEST;
      case Refusal.WorkloadNotNamed r -> Code.UNAUTHORIZED_CLIENT;
      case Refusal.NotOwner r -> Code.UNAUTHORIZED_CLIENT;
      case Refusal.WritNotInForce r -> Code.INVALID_GRANT;
      case Refusal.TaskNotOpen r -> Code.INVALID_GRANT;
      case Refusal.LimitReached r -> Code.ACCESS_DENIED;
      case Refusal.TooDeep r -> Code.ACCESS_DENIED;
      case Refusal.NotFounded r -> Code.ACCESS_DENIED;
      case Refusal.AlreadyFounded r -> Code.ACCESS_DENIED;
      case Refusal.DutyMissing r -> Code.ACCESS_DENIED;
      case Refusal.SelfAppointment r -> Code.ACCESS_DENIED;
      case Refusal.SecondPersonNeeded r -> Code.ACCESS_DENIED;
      case Refusal.NotPublished r -> Code.ACCESS_DENIED;
      case Refusal.PersonUnknown r -> Code.ACCESS_DENIED;
      case Refusal.WorkflowUnknown r -> Code.ACCESS_DENIED;
      case Refusal.DossierUnknown r -> Code.ACCESS_DENIED;
      case Refusal.Moved r -> Code.ACCESS_DENIED;
      case Refusal.NeverAdmitted r -> Code.ACCESS_DENIED;
      case Refusal.PolicyFaulty r -> Code.ACCESS_DENIED;
      case Refusal.SelfApproval r -> Code.ACCESS_DENIED;
      case Refusal.NotEligible r -> Code.ACCESS_DENIED;
      case Refusal.AlreadyApproved r -> Code.ACCESS_DENIED;
      case Refusal.SpecOver r -> Code.ACCESS_DENIED;
      case Refusal.WorkloadTaken r -> Code.ACCESS_DENIED;
      case Refusal.EnrolmentInvalid r -> Code.ACCESS_DENIED;
      case Refusal.JoinInvalid r -> Code.ACCESS_DENIED;
      case Refusal.CallNotOpen r -> Code.ACCESS_DENIED;
    };
  }
}
