package dev.writ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.cli.PromptMarks.Mark;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PromptMarksTest {
  private static final String ESCAPE = "\u001b";

  private static PromptMarks marked(String prompt, int... spans) {
    PromptMarks marks = new PromptMarks(prompt);
    for (int i = 0; i < spans.length; i += 2) {
      marks.mark(spans[i], spans[i + 1], Mark.TAKEN);
    }
    return marks;
  }

  @Test
  void spansAreNumberedAsTheyStandAndLinedUnder() {
    PromptMarks marks = marked("read the bed board", 9, 18, 0, 4);
    assertThat(marks.lines(false)).containsExactly("  read the bed board", "  1---     2--------");
    assertThat(marks.number(0, 4)).contains(1);
    assertThat(marks.number(9, 18)).contains(2);
    assertThat(marks.number(0, 3)).isEmpty();
  }

  @Test
  void spansWithinSpansStandOnALineOfTheirOwn() {
    assertThat(marked("read supplier invoices", 5, 22, 14, 22).lines(false))
        .containsExactly(
            "  read supplier invoices", "       1----------------", "                2-------");
  }

  @Test
  void withColourTheSpanItselfIsMarked() {
    PromptMarks marks = new PromptMarks("read it or that");
    marks.mark(0, 4, Mark.TAKEN);
    marks.mark(5, 15, Mark.UNCLEAR);
    assertThat(marks.lines(true).getFirst())
        .isEqualTo(
            "  "
                + ESCAPE
                + "[4;32mread"
                + ESCAPE
                + "[0m "
                + ESCAPE
                + "[4;33mit or that"
                + ESCAPE
                + "[0m");
  }

  @Test
  void aSpanThatRunsOverALineIsMarkedOnBoth() {
    String words = "word ".repeat(14) + "supplier invoices please";
    PromptMarks marks = marked(words, 65, 78);
    assertThat(marks.lines(false)).hasSize(4);
    assertThat(marks.lines(false).get(1)).endsWith(" 1---");
    assertThat(marks.lines(false).get(3)).isEqualTo("  --------");
  }

  @Test
  void whatWouldActOnATerminalIsShownAsADot() {
    List<String> lines = marked("a\u001b[31mb\u200bc\u202ed\te", 0, 1).lines(true);
    assertThat(lines.getFirst()).contains("·[31mb·c·d·e");
  }

  /** Any prompt and any spans: never an exception, never a wide line, nothing that acts. */
  @Test
  void anyPromptIsShownWithinTheLine() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder prompt = new StringBuilder();
      int length = random.nextInt(300);
      for (int k = 0; k < length; k++) {
        int kind = random.nextInt(12);
        prompt.appendCodePoint(
            kind == 0
                ? '\n'
                : kind == 1
                    ? random.nextInt(32)
                    : kind == 2 ? 0x1F680 : kind == 3 ? 0x202E : kind < 6 ? ' ' : 'x');
      }
      PromptMarks marks = new PromptMarks(prompt.toString());
      for (int k = random.nextInt(6); k > 0; k--) {
        int start = random.nextInt(320) - 10;
        marks.mark(start, start + random.nextInt(60) - 5, Mark.NOT_TAKEN);
      }
      for (String line : marks.lines(false)) {
        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(80);
        assertThat(line.chars()).noneMatch(c -> c < 32 || c == 0x202E);
      }
      assertThat(marks.lines(true)).isNotNull();
    }
  }
}
