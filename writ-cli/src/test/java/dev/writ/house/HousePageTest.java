package dev.writ.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * HOUSE.md lists every room with the first sentence of its page; {@code -Dwrit.house=write}
 * rewrites it.
 */
class HousePageTest {
  private static final List<String> MODULES =
      List.of("writ-core", "writ-models", "writ-server", "writ-cli", "writ-sim");
  private static final Pattern DESCRIPTION = Pattern.compile("<description>(.*?)</description>");
  private static final Pattern PAGE = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([a-z0-9.]+);");
  private static final Pattern CODE = Pattern.compile("\\{@(?:code|link) ([^}]*)}");

  @Test
  void theHousePageListsEveryRoom() throws IOException {
    Path file = House.root().resolve("HOUSE.md");
    String page = page();
    if ("write".equals(System.getProperty("writ.house"))) {
      Files.writeString(file, page);
    }
    assertThat(House.read(file))
        .as(
            "HOUSE.md is not what the rooms say; run: mvn test -pl writ-cli -am"
                + " -Dtest=HousePageTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest.jvm=-Dwrit.house=write")
        .isEqualTo(page);
  }

  @Test
  void theFirstSentenceOfARoomEndsAtItsFirstFullStop() {
    assertThat(sentence("/**\n * Speaks {@code MCP}, as 2.1\n * says. And more.\n */\n"))
        .isEqualTo("Speaks `MCP`, as 2.1 says.");
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # The house

            Writ is five modules, and a package is a room: flat, most of it package-private, with one
            sentence that says what it is. The sentences below are those of each `package-info.java`;
            `HousePageTest` holds this page to them and `LayersTest` holds the arrows.

            ```
            start    server.main (constructs all the others)
            doors    server.api   server.oauth   server.gateway
            world    server.store   server.pen   server.keys   server.upstream   server.runner
            acts     operation
            record   ledger ─ state ─ fact
            meaning  admission   call   draft ─ spec ─ vocabulary ─ duration ─ catalogue
            formats  audit   policy   token   form
            ground   base
            ```

            A room uses rooms of lower rows, and in its own row those to its right that a line joins; an
            arrow never points up. Rooms of *world* implement ports that *acts* and *record* declare. The
            commands stand apart and speak to a server over HTTP. Rows from *ground* to *acts* are
            `writ-core`, which touches no file, socket, thread or clock.
            """);
    for (String module : MODULES) {
      page.append("\n## ").append(module).append("\n\n");
      page.append(description(module)).append("\n\n| room | what it is |\n| --- | --- |\n");
      for (Path file : rooms(module)) {
        Path folder = House.root().relativize(file.getParent());
        page.append("| [`").append(name(file)).append("`](").append(folder).append(") | ");
        page.append(sentence(House.read(file))).append(" |\n");
      }
    }
    return page.toString();
  }

  private static List<Path> rooms(String module) {
    Path sources = House.root().resolve(module).resolve("src/main/java");
    return House.sources(sources, "package-info.java");
  }

  private static String name(Path file) {
    String whole = first(PACKAGE, House.read(file));
    return whole.substring("dev.writ.".length());
  }

  private static String description(String module) {
    return first(DESCRIPTION, House.read(House.root().resolve(module).resolve("pom.xml")));
  }

  private static String sentence(String source) {
    String text = first(PAGE, source).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").strip();
    int stop = (text + " ").indexOf(". ");
    return CODE.matcher(stop < 0 ? text : text.substring(0, stop + 1)).replaceAll("`$1`");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s", pattern).isTrue();
    return matcher.group(1);
  }
}
