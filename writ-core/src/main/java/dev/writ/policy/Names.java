package dev.writ.policy;

/** Cedar's identifiers and names: {@code User}, {@code Company::User}. */
final class Names {
  private Names() {}

  /** Whether the text has the form of an identifier, reserved or not. */
  static boolean isIdentifier(String text) {
    if (text.isEmpty() || !startsIdentifier(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!continuesIdentifier(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean startsIdentifier(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean continuesIdentifier(int c) {
    return startsIdentifier(c) || (c >= '0' && c <= '9');
  }

  static boolean isReserved(String identifier) {
    return switch (identifier) {
      case "true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar" -> true;
      default -> false;
    };
  }

  /** Whether the text is an entity type: unreserved identifiers joined by {@code ::}. */
  static boolean isTypeName(String text) {
    int from = 0;
    while (true) {
      int to = text.indexOf("::", from);
      String part = to < 0 && from == 0 ? text : text.substring(from, to < 0 ? text.length() : to);
      if (!isIdentifier(part) || isReserved(part)) {
        return false;
      }
      if (to < 0) {
        return true;
      }
      from = to + 2;
    }
  }

  /** The last identifier of a name. */
  static String basename(String name) {
    int at = name.lastIndexOf("::");
    return at < 0 ? name : name.substring(at + 2);
  }
}
