package dev.writ.server.http;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.List;
import java.util.Optional;

/** One request, as a door sees it. Reading the body may throw {@link Refused}. */
public interface Asked {
  String method();

  /** The path, decoded. */
  String path();

  /** A parameter of the path pattern. */
  String pathParameter(String name);

  /** A query parameter's first value. */
  Optional<String> query(String name);

  /** Every value of a header. */
  List<String> headers(String name);

  /** The request's id, echoed when the caller gave a well-formed one. */
  String requestId();

  /** The whole body within its bounds. */
  byte[] body();

  /** The header when it was given exactly once. */
  default Optional<String> header(String name) {
    List<String> values = headers(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** The body as a JSON object. */
  default Json.Obj json() {
    requireType("application/json");
    return parsed(Json.parseObject(body(), Json.Bounds.REQUEST));
  }

  /** The body as a form. */
  default Form form() {
    requireType("application/x-www-form-urlencoded");
    return parsed(Form.parse(body()));
  }

  private void requireType(String expected) {
    String type = header("Content-Type").orElse("");
    int parameters = type.indexOf(';');
    String bare = (parameters < 0 ? type : type.substring(0, parameters)).strip();
    if (!bare.equalsIgnoreCase(expected)) {
      throw new Refused(new HttpRefusal.WrongMediaType(expected));
    }
  }

  private static <T> T parsed(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Ok<T>(T value) -> value;
      case Parsed.Refused<T>(List<Problem> problems) ->
          throw new Refused(new HttpRefusal.Malformed(problems));
    };
  }
}
