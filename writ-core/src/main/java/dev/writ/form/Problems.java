package dev.writ.form;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The problems found so far in one document. Not shared; at most 100 are kept. */
public final class Problems {
  /** Most problems that one answer names. */
  public static final int MOST = 100;

  private final List<Problem> found = new ArrayList<>();
  private int dropped;

  public void add(Place place, String what, String remedy) {
    add(new Problem(place.toString(), what, remedy));
  }

  public void add(Problem problem) {
    if (found.size() < MOST) {
      found.add(problem);
    } else {
      dropped++;
    }
  }

  public boolean none() {
    return found.isEmpty();
  }

  /** How many there are: to see whether a part added some. */
  public int count() {
    return found.size() + dropped;
  }

  /** The problems in the order they were found. */
  public List<Problem> list() {
    List<Problem> all = new ArrayList<>(found);
    if (dropped > 0) {
      all.add(new Problem("", dropped + " more problems", "repair these first"));
    }
    return List.copyOf(all);
  }

  /** The value when nothing is wrong, else all problems. */
  public <T> Parsed<T> answer(Supplier<T> value) {
    return none() ? Parsed.ok(value.get()) : Parsed.refused(list());
  }

  /** The integer a scalar is, when it fits canonical JSON. */
  Optional<Long> integer(Node.Scalar scalar) {
    try {
      long n = Long.parseLong(scalar.text());
      if (Math.abs(n) <= Json.MAX_SAFE_INTEGER) {
        return Optional.of(n);
      }
    } catch (NumberFormatException e) {
      // Falls through: a run of digits that no long holds is as unusable as one beyond 2^53.
    }
    add(
        scalar.place(),
        "`" + Text.excerpt(scalar.text()) + "` is beyond 2^53 − 1",
        "write a smaller number");
    return Optional.empty();
  }

  void doubtful(Node.Scalar scalar) {
    add(
        scalar.place(),
        "`" + Text.excerpt(scalar.text()) + "` is read differently by different tools",
        "put it in quotes if it is text, or write true, false or a plain decimal number");
  }
}
