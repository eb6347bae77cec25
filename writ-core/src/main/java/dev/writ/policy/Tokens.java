package dev.writ.policy;

import java.util.List;
import java.util.Optional;

/** A walk over the tokens of a text, with the complaints it meets. */
final class Tokens {
  /** Thrown where a text cannot be followed any further; the complaint is already made. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1;

    Lost() {
      super("the complaint is already made", null, false, false);
    }
  }

  private final List<Token> tokens;
  private final Complaints complaints;
  private int at;

  Tokens(List<Token> tokens, Complaints complaints) {
    this.tokens = tokens;
    this.complaints = complaints;
  }

  Complaints complaints() {
    return complaints;
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The token after the next one; the last token repeats. */
  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  boolean atEnd() {
    return peek().kind() == Token.Kind.END;
  }

  boolean takeSign(String sign) {
    boolean here = peek().isSign(sign);
    if (here) {
      at++;
    }
    return here;
  }

  boolean takeWord(String word) {
    boolean here = peek().isWord(word);
    if (here) {
      at++;
    }
    return here;
  }

  void expectSign(String sign) {
    if (!takeSign(sign)) {
      throw unexpected("`" + sign + "`");
    }
  }

  void expectWord(String word) {
    if (!takeWord(word)) {
      throw unexpected("`" + word + "`");
    }
  }

  Token expect(Token.Kind kind, String wanted) {
    if (peek().kind() != kind) {
      throw unexpected(wanted);
    }
    return next();
  }

  /** Complains about the next token. */
  Lost unexpected(String wanted) {
    return lost(peek(), "unexpected " + peek().shown(), "expected " + wanted);
  }

  /** Complains and gives up following. */
  Lost lost(Token token, String what, String remedy) {
    complain(token, what, remedy);
    return new Lost();
  }

  /** Complains and goes on. */
  void complain(Token token, String what, String remedy) {
    complaints.add(token.offset(), what, remedy);
  }

  /** Goes on behind the next semicolon. */
  void skipPast(String sign) {
    while (!atEnd() && !takeSign(sign)) {
      at++;
    }
  }

  /** The decoded text of a literal; complains about escapes that are none. */
  String unescape(Token literal) {
    StringBuilder out = new StringBuilder();
    String raw = literal.text();
    int i = 0;
    while (i < raw.length()) {
      Optional<Quoting.Step> step = Quoting.step(raw, i);
      if (step.isEmpty()) {
        badEscape(literal);
        return "";
      }
      out.appendCodePoint(step.get().codePoint());
      i = step.get().next();
    }
    return out.toString();
  }

  void badEscape(Token literal) {
    complain(
        literal,
        literal.shown() + " holds a sequence that is not an escape",
        "use \\n \\r \\t \\0 \\\\ \\' \\\" \\x7f or \\u{1f600}");
  }
}
