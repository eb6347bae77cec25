package dev.writ.spec;

import dev.writ.form.Names;
import java.util.Optional;

/**
 * What the work is for: a process of the catalogue, words, or both; never neither.
 *
 * @param text in somebody's words
 * @param process the id of a process
 */
public record Purpose(Optional<String> text, Optional<String> process) {
  public Purpose {
    if (text.isEmpty() && process.isEmpty()) {
      throw new IllegalArgumentException("a purpose is a text, a process or both");
    }
    process.ifPresent(Names::require);
  }
}
