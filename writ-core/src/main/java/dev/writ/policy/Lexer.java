package dev.writ.policy;

import java.util.ArrayList;
import java.util.List;

/** Cuts policy or schema text into tokens; comments and white space are left out. */
final class Lexer {
  private static final List<String> SIGNS =
      List.of(
          "::", "==", "!=", "<=", ">=", "||", "&&", "@", ".", ",", ";", ":", "(", ")", "{", "}",
          "[", "]", "<", ">", "+", "-", "*", "/", "%", "!", "=", "?");

  private final String text;
  private final Complaints complaints;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text, Complaints complaints) {
    this.text = text;
    this.complaints = complaints;
  }

  /** The tokens, an {@code END} last; what is no token becomes a complaint and is skipped. */
  static List<Token> tokens(String text, Complaints complaints) {
    Lexer lexer = new Lexer(text, complaints);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < text.length() && !complaints.isFull()) {
      int c = text.codePointAt(at);
      if (isSpace(c)) {
        at += Character.charCount(c);
      } else if (text.startsWith("//", at)) {
        skipComment();
      } else if (Names.startsIdentifier(c)) {
        word(Token.Kind.IDENTIFIER, at);
      } else if (c >= '0' && c <= '9') {
        number();
      } else if (c == '"') {
        string();
      } else if (c == '?'
          && at + 1 < text.length()
          && Names.startsIdentifier(text.charAt(at + 1))) {
        word(Token.Kind.SLOT, at + 1);
      } else {
        sign(c);
      }
    }
    tokens.add(new Token(Token.Kind.END, "", text.length()));
  }

  private void skipComment() {
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
  }

  private void word(Token.Kind kind, int from) {
    int end = from;
    while (end < text.length() && Names.continuesIdentifier(text.charAt(end))) {
      end++;
    }
    add(kind, text.substring(at, end), end);
  }

  private void number() {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    add(Token.Kind.NUMBER, text.substring(at, end), end);
  }

  private void string() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      if (text.charAt(end) == '\\') {
        end++;
        if (end < text.length() && text.charAt(end) == '\n') {
          break;
        }
      }
      end++;
    }
    if (end >= text.length() || text.charAt(end) != '"') {
      complaints.add(at, "this text literal does not end", "close it with `\"`");
      at = Math.min(end, text.length());
      return;
    }
    add(Token.Kind.STRING, text.substring(at + 1, end), end + 1);
  }

  private void sign(int c) {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        add(Token.Kind.SIGN, sign, at + sign.length());
        return;
      }
    }
    String shown = dev.writ.base.Text.excerpt(Character.toString(c));
    complaints.add(at, "`" + shown + "` is not part of the language", "remove it");
    at += Character.charCount(c);
  }

  private void add(Token.Kind kind, String word, int end) {
    tokens.add(new Token(kind, word, at));
    at = end;
  }

  private static boolean isSpace(int c) {
    return (c >= 9 && c <= 13)
        || c == ' '
        || c == 0x85
        || c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }
}
