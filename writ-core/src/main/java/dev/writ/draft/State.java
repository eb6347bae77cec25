package dev.writ.draft;

import java.util.List;
import java.util.Optional;

/**
 * What is known of one slot of a draft. Only the first four hold a value, and none of them can be
 * made by a drafter: the verifier makes the first two, the organisation's template the third, a
 * named person the fourth.
 */
public sealed interface State {
  /** The requester said it, here: one quote a value, in the same order. */
  record Stated(List<String> values, List<Quote> quotes) implements State {
    public Stated {
      values = List.copyOf(values);
      quotes = List.copyOf(quotes);
      if (values.isEmpty() || values.size() != quotes.size()) {
        throw new IllegalArgumentException("every stated value has its quote");
      }
    }
  }

  /** The catalogue leaves exactly one possibility, which cannot widen anything. */
  record Derived(List<String> values, String because) implements State {
    public Derived {
      values = List.copyOf(values);
    }
  }

  /** The organisation's template says so for specs of this class. */
  record Defaulted(List<String> values) implements State {
    public Defaulted {
      values = List.copyOf(values);
    }
  }

  /** A named person said so when asked. */
  record Answered(List<String> values, String person) implements State {
    public Answered {
      values = List.copyOf(values);
    }
  }

  /** Something was said that has no one reading; never resolved by taking the first. */
  record Ambiguous(List<String> candidates, List<Quote> quotes) implements State {
    public Ambiguous {
      candidates = List.copyOf(candidates);
      quotes = List.copyOf(quotes);
    }
  }

  /**
   * Nothing usable was said.
   *
   * @param wouldApply what policy would apply, for people to see; it fills nothing
   */
  record Gap(Optional<String> wouldApply) implements State {}

  /** Two things were said that exclude each other. */
  record Conflict(String what, List<Quote> quotes) implements State {
    public Conflict {
      quotes = List.copyOf(quotes);
    }
  }

  /** Something was said that must not become scope. */
  record Refused(String why, List<Quote> quotes) implements State {
    public Refused {
      quotes = List.copyOf(quotes);
    }
  }

  /** The values; none while the slot is open. */
  default List<String> values() {
    return switch (this) {
      case Stated(List<String> values, List<Quote> quotes) -> values;
      case Derived(List<String> values, String because) -> values;
      case Defaulted(List<String> values) -> values;
      case Answered(List<String> values, String person) -> values;
      case Ambiguous a -> List.of();
      case Gap g -> List.of();
      case Conflict c -> List.of();
      case Refused r -> List.of();
    };
  }

  /** Whether somebody still has to say something. */
  default boolean open() {
    return switch (this) {
      case Stated s -> false;
      case Derived d -> false;
      case Defaulted d -> false;
      case Answered a -> false;
      case Ambiguous a -> true;
      case Gap g -> true;
      case Conflict c -> true;
      case Refused r -> true;
    };
  }

  /** The state as it is written. */
  default String word() {
    return switch (this) {
      case Stated s -> "stated";
      case Derived d -> "derived";
      case Defaulted d -> "defaulted";
      case Answered a -> "answered";
      case Ambiguous a -> "ambiguous";
      case Gap g -> "gap";
      case Conflict c -> "conflict";
      case Refused r -> "refused";
    };
  }

  static State gap() {
    return new Gap(Optional.empty());
  }
}
