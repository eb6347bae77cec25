package dev.writ.spec;

import dev.writ.form.Names;
import java.util.Optional;

/**
 * Who answers for a workflow.
 *
 * @param product the person who answers for what it does
 * @param identity the person or team that answers for its identity; only a sandbox goes without
 * @param security the person or team that answers for its containment; only a sandbox goes without
 */
public record Owners(String product, Optional<String> identity, Optional<String> security) {
  public Owners {
    Names.require(product);
    identity.ifPresent(Names::require);
    security.ifPresent(Names::require);
  }
}
