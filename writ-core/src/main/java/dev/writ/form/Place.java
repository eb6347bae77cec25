package dev.writ.form;

/**
 * Where a value stands in a document.
 *
 * @param path such as {@code grants[0].resource}; empty for the whole document
 * @param line from 1; 0 when the document had no lines (JSON that was parsed before)
 * @param column from 1; 0 when unknown
 */
public record Place(String path, int line, int column) {
  /** The whole document. */
  public static final Place WHOLE = new Place("", 0, 0);

  Place member(String key, int line, int column) {
    return new Place(path.isEmpty() ? key : path + "." + key, line, column);
  }

  Place item(int index, int line, int column) {
    return new Place(path + "[" + index + "]", line, column);
  }

  @Override
  public String toString() {
    String at = line == 0 ? "" : "line " + line + ", column " + column;
    return path.isEmpty() ? at : at.isEmpty() ? path : path + " (" + at + ")";
  }
}
