package dev.writ.catalogue;

import java.util.List;

/**
 * What work is done for.
 *
 * @param controlOwner the person who answers for its controls
 */
public record BusinessProcess(String id, String name, List<String> aliases, String controlOwner) {
  public BusinessProcess {
    aliases = List.copyOf(aliases);
  }
}
