package dev.writ.draft;

import java.util.List;

/**
 * What a drafter takes a prompt to say. A stranger, whoever drafted: nothing in it counts until the
 * verifier has admitted it.
 *
 * @param drafter its name and version
 * @param intent of the whole prompt
 * @param flags what a reviewer should see; a drafter can add flags, never take one away
 * @param parts one a workflow; none when the prompt asks for nothing
 */
public record Proposal(String drafter, Intent intent, List<Flag> flags, List<Part> parts) {
  /** Most items of one workflow that are looked at. */
  public static final int MOST = 512;

  /** Most workflows. */
  public static final int MOST_PARTS = 16;

  public Proposal {
    flags = List.copyOf(flags);
    parts = List.copyOf(parts);
    if (parts.size() > MOST_PARTS) {
      throw new IllegalArgumentException("more than " + MOST_PARTS + " workflows");
    }
  }

  /**
   * One workflow.
   *
   * @param intent one of those a workflow can have
   */
  public record Part(Intent intent, List<Item> items) {
    public Part {
      items = List.copyOf(items);
      if (items.size() > MOST || !intent.ofWorkflow()) {
        throw new IllegalArgumentException("no workflow: " + intent + ", " + items.size());
      }
    }
  }

  /** One slot, by the path that {@link SlotKind#of} knows. */
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

  /** The prompt says something that must not become scope. */
  public record Refuses(String path, String why, List<Quote> quotes) implements Item {
    public Refuses {
      quotes = List.copyOf(quotes);
    }
  }
}
