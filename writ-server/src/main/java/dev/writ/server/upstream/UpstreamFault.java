package dev.writ.server.upstream;

/**
 * Something went wrong on the way to an upstream or back. It knows nothing of whether the call was
 * sent; who catches it does.
 */
final class UpstreamFault extends Exception {
  private static final long serialVersionUID = 1L;
  private final String cause;
  private final boolean answered;

  private UpstreamFault(String cause, String detail, boolean answered) {
    super(detail, null, false, false);
    this.cause = cause;
    this.answered = answered;
  }

  /** An answer came, and it cannot be used. */
  static UpstreamFault answered(String cause, String detail) {
    return new UpstreamFault(cause, detail, true);
  }

  /** No answer came. */
  static UpstreamFault silent(String cause, String detail) {
    return new UpstreamFault(cause, detail, false);
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  /** The same before anything of the call was sent. */
  UpstreamAnswer neverSent() {
    return new UpstreamAnswer.NeverSent(cause, detail());
  }

  /** The same after the call was sent, or may have been. */
  UpstreamAnswer afterSending() {
    return answered
        ? new UpstreamAnswer.Failed(cause, detail())
        : new UpstreamAnswer.Unknown(cause, detail());
  }
}
