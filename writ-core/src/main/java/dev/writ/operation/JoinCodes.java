package dev.writ.operation;

import dev.writ.base.EnrolmentId;

/** Codes by which nodes join: whoever holds the ledger's keys can tell an offer's code again. */
@FunctionalInterface
public interface JoinCodes {
  /** The code of an offer: its id and a secret, joined by a dot. */
  String of(EnrolmentId offer);
}
