package dev.writ.terminal;

import dev.writ.base.Entropy;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a command.
 *
 * @param environment the process's environment
 * @param home the user's home folder
 * @param in standard input
 * @param colour whether the output goes to a terminal that wants colour
 * @param attended whether somebody sits at a terminal who can be asked
 */
public record World(
    Map<String, String> environment,
    Path home,
    InputStream in,
    boolean colour,
    boolean attended,
    InstantSource clock,
    Entropy entropy) {
  /** A world in which nobody can be asked. */
  public World(
      Map<String, String> environment,
      Path home,
      InputStream in,
      boolean colour,
      InstantSource clock,
      Entropy entropy) {
    this(environment, home, in, colour, false, clock, entropy);
  }

  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty());
  }

  /** Where the session is kept: {@code WRIT_HOME}, or {@code writ} in the configuration folder. */
  public Path settings() {
    return variable("WRIT_HOME")
        .map(Path::of)
        .orElseGet(() ->
            variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> home.resolve(".config"))
                .resolve("writ"));
  }
}
