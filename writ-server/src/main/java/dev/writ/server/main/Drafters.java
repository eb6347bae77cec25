package dev.writ.server.main;

import dev.writ.draft.AgreeingDrafter;
import dev.writ.draft.Drafter;
import dev.writ.draft.DrafterProvider;
import dev.writ.draft.EmbeddedDrafter;
import dev.writ.server.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Who drafts: the rules built in, or a model that the operator named. The code that speaks to
 * models is looked for only when one is named.
 */
final class Drafters {
  /** Longest key that is taken from a file, in bytes. */
  private static final long LONGEST_KEY = 4_096;

  private Drafters() {}

  static Drafter of(Config.Drafting drafting) {
    Drafter embedded = new EmbeddedDrafter();
    Optional<Config.Model> model = drafting.model();
    return model.isEmpty() ? embedded : asking(model.orElseThrow(), embedded);
  }

  private static Drafter asking(Config.Model model, Drafter embedded) {
    String provider = model.provider().word();
    DrafterProvider found =
        ServiceLoader.load(DrafterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.knows(provider))
            .findFirst()
            .orElseThrow(() ->
                new StartRefused(
                    "drafter-missing",
                    "drafter.provider is `" + provider + "`, and writ-models is not installed",
                    "put writ-models and its libraries beside the other jars, or set"
                        + " drafter.provider to embedded"));
    Drafter asking =
        found.open(
            new DrafterProvider.Model(
                provider,
                model.url(),
                model.name(),
                model.keyFile().map(Drafters::key),
                model.limit()),
            embedded);
    return switch (model.agreement()) {
      case ON -> new AgreeingDrafter(embedded, asking);
      case OFF -> asking;
    };
  }

  private static String key(Path file) {
    try {
      String key = Files.size(file) > LONGEST_KEY ? "" : Files.readString(file).strip();
      boolean fine = !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7F);
      if (fine) {
        return key;
      }
    } catch (IOException e) {
      throw new StartRefused(
          "drafter-key",
          "drafter.key-file `" + file + "` cannot be read",
          "name a file that holds the key and that you can read",
          e);
    }
    throw new StartRefused(
        "drafter-key",
        "drafter.key-file `" + file + "` holds no key",
        "write the key alone into it, in one line of ASCII");
  }
}
