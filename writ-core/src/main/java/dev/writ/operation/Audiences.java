package dev.writ.operation;

import java.util.List;
import java.util.Optional;

/**
 * The resources this server issues tokens for (RFC 8707), from configuration.
 *
 * @param gateway the gateway's resource identifier, the default
 * @param others further ones
 */
public record Audiences(String gateway, List<String> others) {
  public Audiences {
    others = List.copyOf(others);
  }

  /** The audience of a token; empty when what was wanted is none of ours. */
  public Optional<String> resolve(Optional<String> wanted) {
    if (wanted.isEmpty()) {
      return Optional.of(gateway);
    }
    return wanted.filter(w -> w.equals(gateway) || others.contains(w));
  }
}
