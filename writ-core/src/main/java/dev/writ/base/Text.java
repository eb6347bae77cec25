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

  private static int visible(int c) {
    int type = Character.getType(c);
    boolean hidden =
        type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.PRIVATE_USE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR
            || type == Character.UNASSIGNED;
    return hidden || c == '`' ? '·' : c;
  }
}
