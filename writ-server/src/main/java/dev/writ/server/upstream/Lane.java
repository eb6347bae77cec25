package dev.writ.server.upstream;

/** One caller's own way to one upstream: a session, or a process, that nobody else shares. */
interface Lane extends AutoCloseable {
  UpstreamAnswer call(UpstreamCall call, Deadline deadline);

  /** Whether a call is under way. */
  boolean isBusy();

  /** Ends the session or process; calls under way get no answer. Does not wait. */
  @Override
  void close();
}
