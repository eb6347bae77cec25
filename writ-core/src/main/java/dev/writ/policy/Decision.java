package dev.writ.policy;

/** Allow or deny. */
public enum Decision {
  ALLOW,
  DENY
}
