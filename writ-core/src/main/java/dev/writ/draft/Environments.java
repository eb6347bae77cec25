package dev.writ.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The usual long and short forms of environments' names, in groups that mean the same place. */
final class Environments {
  private static final List<List<String>> SAME =
      List.of(
          List.of("prod", "production", "prd", "live", "productive"),
          List.of("staging", "stage", "stg"),
          List.of("dev", "development", "devel", "develop"),
          List.of("test", "testing", "tst"),
          List.of("qa", "quality assurance"),
          List.of("uat", "user acceptance", "user acceptance testing", "acceptance"),
          List.of("preprod", "pre-prod", "pre prod", "preproduction", "pre-production"),
          List.of("sandbox", "sbx", "sand box"),
          List.of("training", "trn", "train"),
          List.of("demo", "demonstration"),
          List.of("integration", "int"),
          List.of("canary"),
          List.of("pilot"),
          List.of("dr", "disaster recovery"));

  /** Before the word of an environment that the catalogue does not have. */
  static final String FOREIGN = "?";

  private static final Set<String> SURE = Set.of("sandbox", "staging", "stg", "prod", "uat", "dev");

  private static final Set<String> ORDINARY =
      Set.of(
          "production",
          "productive",
          "live",
          "test",
          "testing",
          "training",
          "train",
          "trn",
          "demo",
          "demonstration",
          "pilot",
          "integration",
          "int",
          "acceptance",
          "canary",
          "dr",
          "quality",
          "user",
          "disaster",
          "develop",
          "development",
          "stage",
          "pre",
          "sand",
          "simulator");

  private Environments() {}

  /** Whether the word is an ordinary one too, so that it is a place only where places stand. */
  static boolean ordinary(String plain) {
    return (CommonWords.has(plain) && !SURE.contains(plain)) || ORDINARY.contains(plain);
  }

  /** Whether an id is a usual name of production. */
  static boolean production(String id) {
    return SAME.getFirst().contains(id);
  }

  /** Other ways to say an environment's id. */
  static List<String> forms(String id) {
    String plain = Word.plain(id);
    List<String> out = new ArrayList<>();
    for (List<String> group : SAME) {
      if (group.contains(plain)) {
        out.addAll(group);
      }
    }
    out.remove(plain);
    return out;
  }

  /** Words that name an environment somewhere, whether or not this catalogue has it. */
  static List<String> all() {
    return SAME.stream().flatMap(List::stream).toList();
  }
}
