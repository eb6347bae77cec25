package dev.writ.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every source is as google-java-format writes it; {@code -Dwrit.format=fix} rewrites them. */
class FormatTest {
  @Test
  void everySourceIsFormatted() throws Exception {
    boolean fix = "fix".equals(System.getProperty("writ.format"));
    List<Path> wrong = new ArrayList<>();
    for (Path file : House.javaSources()) {
      String text = House.read(file);
      String formatted =
          new Formatter().formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(text));
      if (!formatted.equals(text)) {
        wrong.add(House.root().relativize(file));
        if (fix) {
          Files.writeString(file, formatted);
        }
      }
    }
    assertThat(fix ? List.of() : wrong)
        .as(
            "not formatted; run: mvn test -pl writ-cli -am -Dtest=FormatTest"
                + " -Dtest.jvm=-Dwrit.format=fix")
        .isEmpty();
  }
}
