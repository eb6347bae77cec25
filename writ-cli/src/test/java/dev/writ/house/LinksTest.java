package dev.writ.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every relative link of every page leads to a file, and to a heading that is there. */
class LinksTest {
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : House.sources(House.root(), ".md")) {
      for (String target : links(House.read(page))) {
        links++;
        if (!leads(page, target)) {
          broken.add(House.root().relativize(page) + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).as("links found at all").isPositive();
  }

  @Test
  void aHeadingsAnchorIsItsWordsWithHyphens() {
    assertThat(anchors("# What `writ` does, briefly\n\n## In force\n"))
        .containsExactly("what-writ-does-briefly", "in-force");
  }

  private static List<String> links(String text) {
    // What stands between backticks is an example; the text of a link may hold them all the same.
    String prose = FENCE.matcher(text).replaceAll("");
    prose = CODE.matcher(prose).replaceAll("code");
    return LINK.matcher(prose)
        .results()
        .map(m -> m.group(1))
        .filter(t -> !t.contains("://") && !t.startsWith("mailto:"))
        .toList();
  }

  private static boolean leads(Path page, String target) {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    if (!Files.exists(file) || !file.startsWith(House.root())) {
      return false;
    }
    return hash < 0 || anchors(House.read(file)).contains(target.substring(hash + 1));
  }

  private static List<String> anchors(String text) {
    return HEADING
        .matcher(FENCE.matcher(text).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .map(h -> h.replaceFirst("^#+ +", "").strip().toLowerCase(Locale.ROOT))
        .map(h -> h.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
