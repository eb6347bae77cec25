package dev.writ.base;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answer of a {@code parse} method, the door for strangers: a value, or every problem found.
 *
 * @param <T> the parsed type
 */
public sealed interface Parsed<T> {
  /** The input was understood. */
  record Ok<T>(T value) implements Parsed<T> {}

  /** The input was refused; at least one problem. */
  record Refused<T>(List<Problem> problems) implements Parsed<T> {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refusal names at least one problem");
      }
    }
  }

  static <T> Parsed<T> ok(T value) {
    return new Ok<>(value);
  }

  static <T> Parsed<T> refused(String place, String what, String remedy) {
    return new Refused<>(List.of(new Problem(place, what, remedy)));
  }

  static <T> Parsed<T> refused(List<Problem> problems) {
    return new Refused<>(problems);
  }

  /** The value when there is one; the problems are lost, so only where nobody is to be told. */
  default Optional<T> found() {
    return switch (this) {
      case Ok<T>(T value) -> Optional.of(value);
      case Refused<T> refused -> Optional.empty();
    };
  }

  /** The problems; empty when the input was understood. */
  default List<Problem> problems() {
    return switch (this) {
      case Ok<T> ok -> List.of();
      case Refused<T>(List<Problem> problems) -> problems;
    };
  }

  /** The value of input that a colleague wrote. Throws {@link IllegalArgumentException} else. */
  default T orThrow() {
    return switch (this) {
      case Ok<T>(T value) -> value;
      case Refused<T>(List<Problem> problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  default <R> Parsed<R> map(Function<? super T, ? extends R> next) {
    return switch (this) {
      case Ok<T>(T value) -> new Ok<>(next.apply(value));
      case Refused<T>(List<Problem> problems) -> new Refused<>(problems);
    };
  }

  default <R> Parsed<R> then(Function<? super T, Parsed<R>> next) {
    return switch (this) {
      case Ok<T>(T value) -> next.apply(value);
      case Refused<T>(List<Problem> problems) -> new Refused<>(problems);
    };
  }
}
