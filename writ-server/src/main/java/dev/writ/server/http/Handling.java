package dev.writ.server.http;

/**
 * Answers one request. May throw {@link Refused}, a ledger's fault (503), or anything else, which
 * is a bug and becomes 500 without detail.
 */
@FunctionalInterface
public interface Handling {
  Answer answer(Asked asked);
}
