package dev.writ.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.call.Calls;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The shared drafting set: whatever else a draft misses, it states no access that is not asked. */
class DraftingSetTest {
  @Test
  void nothingBeyondWhatIsAskedIsEverStated() throws IOException {
    Optional<Path> prompts = Example.shared("drafting/prompts.jsonl");
    Optional<Path> file = Example.shared("drafting/catalogue.json");
    if (prompts.isEmpty() || file.isEmpty()) {
      System.out.println("skipped: no drafting set in the shared folder");
    }
    Assumptions.assumeTrue(prompts.isPresent() && file.isPresent(), "no drafting set");
    Catalogue hospitals = Catalogue.parse(Files.readAllBytes(file.get())).orThrow();
    List<String> beyond = new ArrayList<>();
    int stated = 0;
    int wanted = 0;
    for (String line : Files.readAllLines(prompts.get())) {
      Json.Obj record = Calls.json(line);
      Set<String> gold = gold(record.object("expect").orElseThrow());
      wanted += gold.size();
      Prompt prompt =
          new Prompt(
              record.text("prompt").orElseThrow(),
              record.text("requester").orElseThrow(),
              Instant.parse(record.text("now").orElseThrow()));
      for (Workflow draft : Draft.of(prompt, new EmbeddedDrafter(), hospitals).workflows()) {
        for (String tuple : asked(draft)) {
          stated++;
          if (!gold.contains(tuple)) {
            beyond.add(tuple + " in: " + prompt.text());
          }
        }
      }
    }
    assertThat(beyond).isEmpty();
    System.out.println("drafting set: " + stated + " of " + wanted + " tuples stated, none beyond");
    assertThat(stated).isPositive();
  }

  private static Set<String> asked(Workflow draft) {
    Set<String> asked = new TreeSet<>();
    for (int i = 0; draft.slot("grants[" + i + "].resource").isPresent(); i++) {
      String at = "grants[" + i + "].";
      for (String resource : values(draft, at + "resource")) {
        for (String action : values(draft, at + "actions")) {
          values(draft, at + "environment")
              .forEach(e -> asked.add(resource + " " + action + " " + e));
        }
      }
    }
    return asked;
  }

  private static List<String> values(Workflow draft, String path) {
    return draft.values(path);
  }

  private static Set<String> gold(Json.Obj expect) {
    Set<String> gold = new TreeSet<>();
    for (Json workflow : expect.array("workflows").orElse(List.of())) {
      for (String field : List.of("access", "acceptable_access")) {
        for (Json access : ((Json.Obj) workflow).array(field).orElse(List.of())) {
          Json.Obj a = (Json.Obj) access;
          for (Json action : a.array("actions").orElse(List.of())) {
            gold.add(
                a.text("resource").orElse("")
                    + " "
                    + ((Json.Str) action).value()
                    + " "
                    + a.text("environment").orElse("?"));
          }
        }
      }
    }
    return gold;
  }
}
