package dev.writ.catalogue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a tool's calls go.
 *
 * @param environment the environment everything behind it is in, when there is one
 * @param connect longest wait for a connection, or for the process to start
 * @param call longest wait for an answer
 */
public record Upstream(
    String id, Endpoint endpoint, Optional<String> environment, Duration connect, Duration call) {
  /** Longest time anybody may wait for an upstream. */
  public static final Duration LONGEST_CALL = Duration.ofMinutes(5);

  /** Applies where the catalogue gives no time to connect. */
  public static final Duration DEFAULT_CONNECT = Duration.ofSeconds(5);

  /** Applies where the catalogue gives no time for a call. */
  public static final Duration DEFAULT_CALL = Duration.ofSeconds(30);

  /** How it is reached. */
  public sealed interface Endpoint {}

  /** MCP over streamable HTTP at an absolute http or https URL without user, query and fragment. */
  public record Http(URI url) implements Endpoint {
    public Http {
      if (!wellFormed(url)) {
        throw new IllegalArgumentException("not an upstream's URL: " + url);
      }
    }

    static boolean wellFormed(URI url) {
      String scheme = url.getScheme();
      return ("http".equals(scheme) || "https".equals(scheme))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null;
    }
  }

  /**
   * MCP over the standard streams of a process; the command line is part of what is reviewed.
   *
   * @param command the program, by absolute path, and its arguments
   * @param limits what the process may take
   */
  public record Stdio(List<String> command, StdioLimits limits) implements Endpoint {
    /** Most words of a command line. */
    public static final int MOST_WORDS = 64;

    /** Most characters of a word. */
    public static final int LONGEST_WORD = 4_096;

    public Stdio {
      command = List.copyOf(command);
      if (!wellFormed(command)) {
        throw new IllegalArgumentException("not a command line");
      }
    }

    static boolean wellFormed(List<String> command) {
      return !command.isEmpty()
          && command.size() <= MOST_WORDS
          && command.getFirst().startsWith("/")
          && command.stream().allMatch(w -> w.length() <= LONGEST_WORD && w.indexOf('\0') < 0);
    }
  }

  public Upstream {
    if (!within(connect) || !within(call)) {
      throw new IllegalArgumentException("an upstream's timeout is out of bounds");
    }
  }

  static boolean within(Duration timeout) {
    return timeout.isPositive() && timeout.compareTo(LONGEST_CALL) <= 0;
  }
}
