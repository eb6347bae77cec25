package dev.writ.policy;

import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.List;

/** The problems found in one text, each with its line and column, up to a limit. */
final class Complaints {
  private final String text;
  private final int most;
  private final List<Problem> problems = new ArrayList<>();

  Complaints(String text, int most) {
    this.text = text;
    this.most = most;
  }

  void add(int offset, String what, String remedy) {
    if (!isFull()) {
      problems.add(new Problem(place(offset), what, remedy));
    }
  }

  boolean isFull() {
    return problems.size() >= most;
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(problems);
  }

  /** Line and column, both from one; a column counts UTF-16 units. */
  private String place(int offset) {
    int line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return "line " + line + ", column " + (offset - start + 1);
  }
}
