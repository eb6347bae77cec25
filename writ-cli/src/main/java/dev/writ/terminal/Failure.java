package dev.writ.terminal;

import dev.writ.base.Problem;
import java.io.Serial;
import java.util.List;

/** A command ends without having done what it was asked; told to the person by one handler. */
public final class Failure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Exit exit;
  private final String name;
  private final transient List<Problem> problems;

  private Failure(Exit exit, String name, String what, List<Problem> problems) {
    super(what);
    this.exit = exit;
    this.name = name;
    this.problems = List.copyOf(problems);
  }

  /**
   * @param name the stable name of the problem, as in {@code docs/problems/}
   * @param what one sentence over all
   * @param problems what exactly, each with place and remedy
   */
  public static Failure of(Exit exit, String name, String what, List<Problem> problems) {
    return new Failure(exit, name, what, problems);
  }

  /** One problem. */
  public static Failure of(Exit exit, String name, String what, String remedy) {
    return new Failure(exit, name, what, List.of(new Problem("", "", remedy)));
  }

  /** A document that was refused, with everything wrong in it. */
  public static Failure input(String document, List<Problem> problems) {
    String what = "`" + document + "` has " + problems.size() + " problem";
    return new Failure(
        Exit.INPUT, "input-invalid", what + (problems.size() == 1 ? "" : "s"), problems);
  }

  public Exit exit() {
    return exit;
  }

  public String name() {
    return name;
  }

  public List<Problem> problems() {
    return problems;
  }
}
