package dev.writ.cli;

import dev.writ.base.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A prompt with the spans that values were taken from, numbered. With colour a span is underlined
 * in its colour, without there is a line of dashes under it; either way its number stands below.
 * Characters that would act on a terminal, or that nobody sees, are shown as dots.
 */
final class PromptMarks {
  private static final int WIDTH = 76;
  private static final String INDENT = "  ";
  private static final String RESET = "\u001b[0m";

  /** What was taken from a span. */
  enum Mark {
    TAKEN("\u001b[4;32m"),
    UNCLEAR("\u001b[4;33m"),
    NOT_TAKEN("\u001b[4;31m");

    private final String colour;

    Mark(String colour) {
      this.colour = colour;
    }
  }

  /** Code points of the prompt. */
  record Span(int start, int end) implements Comparable<Span> {
    @Override
    public int compareTo(Span other) {
      int byStart = Integer.compare(start, other.start);
      return byStart != 0 ? byStart : Integer.compare(other.end, end);
    }
  }

  private final int[] points;
  private final Map<Span, Mark> marks = new LinkedHashMap<>();

  PromptMarks(String prompt) {
    this.points = prompt.codePoints().toArray();
  }

  /** Marks a span; one outside the prompt is left out. The first mark of a span stays. */
  void mark(int start, int end, Mark mark) {
    if (start >= 0 && start < end && end <= points.length) {
      marks.putIfAbsent(new Span(start, end), mark);
    }
  }

  /** The number of a span, in the order in which spans stand in the prompt, from 1. */
  Optional<Integer> number(int start, int end) {
    int at = new ArrayList<>(new TreeSet<>(marks.keySet())).indexOf(new Span(start, end));
    return at < 0 ? Optional.empty() : Optional.of(at + 1);
  }

  /** The lines to print. */
  List<String> lines(boolean colour) {
    List<String> out = new ArrayList<>();
    for (Span row : rows()) {
      out.add(INDENT + shown(row, colour));
      out.addAll(below(row, colour));
    }
    return out;
  }

  /** Lines of the prompt, broken at its own ends of lines and at spaces. */
  private List<Span> rows() {
    List<Span> rows = new ArrayList<>();
    int start = 0;
    int space = -1;
    for (int i = 0; i <= points.length; i++) {
      boolean end = i == points.length || points[i] == '\n';
      if (end || i - start >= WIDTH) {
        int stop = end ? i : space > start ? space : i;
        rows.add(new Span(start, stop));
        start = end || stop == space ? stop + 1 : stop;
        space = -1;
      }
      if (i < points.length && points[i] == ' ') {
        space = i;
      }
    }
    return rows.stream().filter(r -> r.end() > r.start()).toList();
  }

  private String shown(Span row, boolean colour) {
    StringBuilder out = new StringBuilder();
    Optional<Mark> now = Optional.empty();
    for (int i = row.start(); i < row.end(); i++) {
      Optional<Mark> here = colour ? at(i) : Optional.empty();
      if (!here.equals(now)) {
        out.append(now.isPresent() ? RESET : "").append(here.map(m -> m.colour).orElse(""));
        now = here;
      }
      out.append(Text.visible(Character.toString(points[i])));
    }
    return out.append(now.isPresent() ? RESET : "").toString().stripTrailing();
  }

  private Optional<Mark> at(int point) {
    return marks.entrySet().stream()
        .filter(e -> e.getKey().start() <= point && point < e.getKey().end())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Lines under a row: each span in the first line in which it has room. */
  private List<String> below(Span row, boolean colour) {
    List<StringBuilder> lines = new ArrayList<>();
    int number = 0;
    for (Span span : new TreeSet<>(marks.keySet())) {
      number++;
      int start = Math.max(span.start(), row.start()) - row.start();
      int end = Math.min(span.end(), row.end()) - row.start();
      if (start < end) {
        // A span that runs on from the row above has its number there already.
        String label = span.start() >= row.start() ? Integer.toString(number) : "";
        String dashes = colour ? "" : "-".repeat(Math.max(0, end - start - label.length()));
        place(lines, start, label + dashes);
      }
    }
    return lines.stream().map(l -> INDENT + l).toList();
  }

  private static void place(List<StringBuilder> lines, int column, String text) {
    if (text.isEmpty()) {
      return;
    }
    for (StringBuilder line : lines) {
      if (line.length() < column || (line.isEmpty() && column == 0)) {
        line.append(" ".repeat(column - line.length())).append(text);
        return;
      }
    }
    lines.add(new StringBuilder(" ".repeat(column) + text));
  }
}
