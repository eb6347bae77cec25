package dev.writ.server.upstream;

import dev.writ.base.Json;

/** What came of a call. Causes are stable names; details are for people and bounded. */
public sealed interface UpstreamAnswer {
  /** The tool answered; {@code isError} is inside the result. */
  record Returned(Json.Obj result) implements UpstreamAnswer {}

  /** The upstream got the call and failed: an error, or an answer that cannot be used. */
  record Failed(String cause, String detail) implements UpstreamAnswer {}

  /** Not one byte of the call left us. */
  record NeverSent(String cause, String detail) implements UpstreamAnswer {}

  /** The call left us and no answer came; nobody knows whether it had an effect. */
  record Unknown(String cause, String detail) implements UpstreamAnswer {}

  /** The cause of {@link NeverSent} when the permit had run out. */
  String TOO_LATE = "too-late";
}
