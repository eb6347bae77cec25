package dev.writ.base;

/** Showing strangers' text to people without letting it act. */
public final class Text {
  private static final int EXCERPT = 60;

  private Text() {}

  /** At most 60 characters of {@code text}, controls and invisible characters replaced. */
  public static String excerpt(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(EXCERPT).forEach(c -> out.appendCodePoint(visible(c)));
    return text.codePointCount(0, text.length()) > EXCERPT ? out + "…" : out.toString();
  }

  /** All of {@code text}, controls and invisible characters replaced. */
  public static String visible(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> out.appendCodePoint(acts(c) ? '·' : c));
    return out.toString();
  }

  private static int visible(int c) {
    return acts(c) || c == '`' ? '·' : c;
  }

  /** Whether a terminal would do something with it, or nobody would see it. */
  private static boolean acts(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED;
  }
}
