package dev.writ.policy;

import java.util.List;

/**
 * The right side of {@code like}: literal pieces with a wildcard between each two of them, so that
 * {@code "a*b"} is the pieces {@code a} and {@code b}.
 */
public record Pattern(List<String> pieces) {
  public Pattern {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("a pattern has at least one piece, if an empty one");
    }
  }

  /** Whether the whole text fits; in time proportional to text times longest piece. */
  public boolean matches(String text) {
    String first = pieces.getFirst();
    if (pieces.size() == 1) {
      return text.equals(first);
    }
    String last = pieces.getLast();
    if (text.length() < first.length() + last.length()
        || !text.startsWith(first)
        || !text.endsWith(last)) {
      return false;
    }
    int at = first.length();
    int end = text.length() - last.length();
    for (int i = 1; i < pieces.size() - 1; i++) {
      String piece = pieces.get(i);
      int found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length() > end) {
        return false;
      }
      at = found + piece.length();
    }
    return true;
  }

  /** The literal's inside: pieces escaped, wildcards as {@code *}. */
  String inside() {
    return String.join(
        "*", pieces.stream().map(p -> Quoting.escape(p).replace("*", "\\*")).toList());
  }
}
