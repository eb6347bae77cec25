package dev.writ.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the text of a source must and must not hold. */
class SourceTest {
  private static final int LONGEST_FILE = 500;
  private static final Pattern BANNED_NAME =
      Pattern.compile(
          "\\b(?:class|record|interface|enum)"
              + " \\w*(?:Manager|Service|Helper|Utils?|Impl|Info|Data)\\b");
  private static final Pattern SWALLOWED =
      Pattern.compile("catch \\((?:Exception|Throwable|RuntimeException) \\w+\\) *\\{\\s*\\}");
  private static final Pattern DISABLED = Pattern.compile("@Disabled\\b");

  @Test
  void namesAreNounsOfTheTrade() {
    assertThat(matching(BANNED_NAME)).isEmpty();
  }

  @Test
  void nothingIsSwallowedAndNoTestIsSwitchedOff() {
    assertThat(matching(SWALLOWED)).isEmpty();
    assertThat(matching(DISABLED)).isEmpty();
  }

  @Test
  void filesStayReadable() {
    List<String> longFiles = new ArrayList<>();
    for (Path file : House.javaSources()) {
      long lines = House.read(file).lines().count();
      // The page that lists every fact may be longer (STYLE: Types).
      if (lines > LONGEST_FILE && !file.endsWith("Fact.java")) {
        longFiles.add(file.getFileName() + ": " + lines);
      }
    }
    assertThat(longFiles).isEmpty();
  }

  @Test
  void everyRoomSaysWhatItIsAndRefusesNulls() {
    List<String> silent = new ArrayList<>();
    for (Path file : House.javaSources()) {
      Path page = page(file.resolveSibling("package-info.java"));
      if (!Files.exists(page)) {
        silent.add(String.valueOf(House.root().relativize(file).getParent()));
      } else if (!House.read(page).contains("@NullMarked") || !House.read(page).startsWith("/**")) {
        silent.add(House.root().relativize(page).toString());
      }
    }
    assertThat(silent.stream().distinct()).isEmpty();
  }

  /** Tests stand beside the code of their room, so the room's own page speaks for them. */
  private static Path page(Path page) {
    Path main = Path.of(page.toString().replace("/src/test/java/", "/src/main/java/"));
    return Files.exists(main) ? main : page;
  }

  private static List<String> matching(Pattern pattern) {
    List<String> found = new ArrayList<>();
    for (Path file : House.javaSources()) {
      if (file.endsWith("SourceTest.java")) {
        continue;
      }
      pattern.matcher(House.read(file)).results().forEach(m -> found.add(file + ": " + m.group()));
    }
    return found;
  }
}
