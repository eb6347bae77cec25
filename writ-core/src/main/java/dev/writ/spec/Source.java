package dev.writ.spec;

import dev.writ.form.Names;

/** Where a line of a spec came from. */
public sealed interface Source {
  /**
   * The requester's own words: code points of the prompt.
   *
   * @param end exclusive
   */
  record Prompt(int start, int end) implements Source {
    public Prompt {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException("not a span: " + start + " to " + end);
      }
    }
  }

  /** A named person's statement about this line. */
  record Answer(String person) implements Source {
    public Answer {
      Names.require(person);
    }
  }

  /** The only possibility the catalogue leaves. */
  record Catalogue() implements Source {}

  /** The organisation's template for specs of this class. */
  record PolicyDefault() implements Source {}
}
