package dev.writ.catalogue;

import java.util.Locale;

/**
 * A place where resources run.
 *
 * @param id never with a slash, except the one that says the notion does not apply ({@code n/a})
 * @param tier what policy takes it for
 */
public record Environment(String id, Tier tier) {
  /** The id for resources, such as a repository, that have no environments. */
  public static final String NOT_APPLICABLE = "n/a";

  /**
   * What is at stake there, least first. An environment the catalogue does not rate is rated
   * production.
   */
  public enum Tier {
    SANDBOX,
    NONPRODUCTION,
    PRODUCTION;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Environment {
    if (!id.equals(NOT_APPLICABLE) && id.contains("/")) {
      throw new IllegalArgumentException("an environment's id holds no slash: " + id);
    }
  }
}
