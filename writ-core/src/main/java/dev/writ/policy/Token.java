package dev.writ.policy;

/**
 * A word of policy or schema text.
 *
 * @param text as written; of a string literal the inside, still escaped
 * @param offset where it starts, in UTF-16 units
 */
record Token(Kind kind, String text, int offset) {
  /** What a token is. */
  enum Kind {
    IDENTIFIER,
    NUMBER,
    STRING,
    SLOT,
    SIGN,
    END
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.IDENTIFIER && text.equals(word);
  }

  /** How a message names it. */
  String shown() {
    return switch (kind) {
      case END -> "the end of the text";
      case STRING -> "`\"" + dev.writ.base.Text.excerpt(text) + "\"`";
      case IDENTIFIER, NUMBER, SLOT, SIGN -> "`" + dev.writ.base.Text.excerpt(text) + "`";
    };
  }
}
