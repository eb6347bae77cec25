package dev.writ.server.http;

import dev.writ.base.Problem;
import java.util.List;
import java.util.Locale;

/**
 * A request was refused at the edge, before any operation saw it. Each has a stable name and a page
 * in {@code docs/problems/}.
 */
public sealed interface HttpRefusal {
  /** The stable name: the record's own in lower case with hyphens. */
  default String name() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** What was refused and why. */
  String what();

  /** What to do next. */
  String remedy();

  /** The body is longer than it may be. */
  record BodyTooLarge(int most) implements HttpRefusal {
    @Override
    public String what() {
      return "The request body is longer than " + most + " bytes";
    }

    @Override
    public String remedy() {
      return "Send less at once";
    }
  }

  /** The body did not arrive in time. */
  record BodyTooSlow() implements HttpRefusal {
    @Override
    public String what() {
      return "The request body did not arrive in time";
    }

    @Override
    public String remedy() {
      return "Send it again over a better connection";
    }
  }

  /** The body is of another media type. */
  record WrongMediaType(String expected) implements HttpRefusal {
    @Override
    public String what() {
      return "The request body is not `" + expected + "`";
    }

    @Override
    public String remedy() {
      return "Send it with `Content-Type: " + expected + "`";
    }
  }

  /** The request does not parse. */
  record Malformed(List<Problem> problems) implements HttpRefusal {
    public Malformed {
      problems = List.copyOf(problems);
    }

    @Override
    public String what() {
      return problems.isEmpty()
          ? "The request is malformed"
          : "The request is malformed: " + problems.getFirst();
    }

    @Override
    public String remedy() {
      return "Correct what is listed and send it again";
    }
  }

  /** Nothing is at this path. */
  record NoSuchPath() implements HttpRefusal {
    @Override
    public String what() {
      return "Nothing is at this path";
    }

    @Override
    public String remedy() {
      return "Check the URL";
    }
  }

  /** The path has other methods. */
  record MethodNotAllowed(List<String> allowed) implements HttpRefusal {
    public MethodNotAllowed {
      allowed = List.copyOf(allowed);
    }

    @Override
    public String what() {
      return "This path takes " + String.join(", ", allowed);
    }

    @Override
    public String remedy() {
      return "Use one of these methods";
    }
  }

  /** The caller did not say, or not prove, who they are. */
  record Unauthenticated(String why) implements HttpRefusal {
    @Override
    public String what() {
      return "Who asks is not known: " + why;
    }

    @Override
    public String remedy() {
      return "Authenticate and send it again";
    }
  }
}
