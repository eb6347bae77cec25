package dev.writ.server.http;

import java.io.Serial;

/** Carries a refusal from deep inside reading a request to the edge. */
public final class Refused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;
  private final transient HttpRefusal refusal;

  public Refused(HttpRefusal refusal) {
    super(refusal.name(), null, false, false);
    this.refusal = refusal;
  }

  public HttpRefusal refusal() {
    return refusal;
  }
}
