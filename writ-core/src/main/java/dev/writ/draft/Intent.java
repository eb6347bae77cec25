package dev.writ.draft;

/** What a prompt wants done. */
public enum Intent {
  GRANT,
  EXTEND,
  MODIFY,
  REVOKE,
  MIXED,
  QUESTION,
  NONE
}
