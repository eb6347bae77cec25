package dev.writ.policy;

/**
 * What a stranger's policy text may be.
 *
 * @param characters longest text, in UTF-16 units
 * @param policies most policies and templates
 * @param nesting deepest nesting of brackets and {@code if}s
 * @param height highest expression tree: a chain {@code a && b && c} is two high
 * @param problems most problems reported; after that reading stops
 */
public record PolicyBounds(int characters, int policies, int nesting, int height, int problems) {
  /** 4 Mi characters, 20,000 policies, 100 nested, 1,000 high, 100 problems. */
  public static final PolicyBounds STANDARD = new PolicyBounds(4 << 20, 20_000, 100, 1_000, 100);
}
