package dev.writ.draft;

import java.util.List;

/**
 * What a drafter takes a prompt to say of one workflow. A stranger, whoever drafted: nothing in it
 * counts until the verifier has admitted it.
 *
 * @param drafter its name and version
 */
public record Proposal(String drafter, Intent intent, List<Item> items) {
  /** Most items that are looked at. */
  public static final int MOST = 512;

  public Proposal {
    items = List.copyOf(items);
    if (items.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " items");
    }
  }

  /** One slot. */
  public sealed interface Item {
    String path();
  }

  /** The prompt says this, here: one quote a value. */
  public record Says(String path, List<String> values, List<Quote> quotes) implements Item {
    public Says {
      values = List.copyOf(values);
      quotes = List.copyOf(quotes);
    }
  }

  /** The prompt says something that has no one reading. */
  public record Unclear(String path, List<String> candidates, List<Quote> quotes) implements Item {
    public Unclear {
      candidates = List.copyOf(candidates);
      quotes = List.copyOf(quotes);
    }
  }

  /** The prompt says two things that exclude each other. */
  public record Contradicts(String path, String what, List<Quote> quotes) implements Item {
    public Contradicts {
      quotes = List.copyOf(quotes);
    }
  }
}
