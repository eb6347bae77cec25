package dev.writ.server.upstream;

/**
 * Whether an allowed call may still leave. Asked once, immediately before its first byte, with the
 * connection ready and nothing else left to wait for.
 */
@FunctionalInterface
public interface SendPermit {
  boolean maySend();
}
