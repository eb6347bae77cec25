package dev.writ.draft;

import java.util.Locale;

/**
 * What a prompt wants done. A workflow of a draft has one of the first four; the others are of a
 * whole prompt.
 */
public enum Intent {
  /** Access that is not there yet. */
  GRANT,
  /** A longer end of access that exists. */
  EXTEND,
  /** Another owner, or less, of access that exists. */
  MODIFY,
  /** The end of access that exists. */
  REVOKE,
  /** Several of the above. */
  MIXED,
  /** Whether something should be done, or what is the case. */
  QUESTION,
  /** Nothing. */
  NONE;

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a workflow can have it. */
  public boolean ofWorkflow() {
    return compareTo(REVOKE) <= 0;
  }
}
