package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.form.Fields;
import dev.writ.form.Node;
import dev.writ.form.Problems;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.Refused;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what a request carries; what does not parse is refused with every problem. */
final class Body {
  /** Media type of specs and catalogues. */
  static final String YAML = "application/yaml";

  /** Media type of policies. */
  static final String TEXT = "text/plain";

  private Body() {}

  /** The members of a JSON body; unknown ones are problems too. */
  static <T> T members(Asked asked, Function<Fields, Optional<T>> read) {
    Json.Obj json = asked.json();
    Problems problems = new Problems();
    Fields fields = Fields.of(Node.of(json), problems).orElseThrow();
    Optional<T> value = read.apply(fields);
    fields.close();
    if (!problems.none()) {
      throw new Refused(new HttpRefusal.Malformed(problems.list()));
    }
    return value.orElseThrow(() -> new IllegalStateException("nothing read and no problem named"));
  }

  /** A body without members: nothing, or an empty object. */
  static void none(Asked asked) {
    if (asked.body().length > 0) {
      members(asked, fields -> Optional.of(""));
    }
  }

  /** The whole body, when it is of this media type. */
  static byte[] document(Asked asked, String mediaType) {
    String type = asked.header("Content-Type").orElse("");
    int parameters = type.indexOf(';');
    String bare = (parameters < 0 ? type : type.substring(0, parameters)).strip();
    if (!bare.equalsIgnoreCase(mediaType)) {
      throw new Refused(new HttpRefusal.WrongMediaType(mediaType));
    }
    return asked.body();
  }

  /** A parameter of the path; one that does not parse names nothing that exists. */
  static <T> T path(Asked asked, String name, Function<String, Parsed<T>> parse) {
    return parse
        .apply(asked.pathParameter(name))
        .found()
        .orElseThrow(() -> new Refused(new HttpRefusal.NoSuchPath()));
  }

  /**
   * What a person typed, as it is: any length that a body has, any characters. Whoever takes it has
   * bounds of its own.
   */
  static Optional<String> words(Fields fields, String name) {
    Optional<Node> node = fields.required(name);
    if (node.isPresent()
        && node.get() instanceof Node.Scalar(var at, Node.Kind kind, String text)
        && kind == Node.Kind.TEXT) {
      return Optional.of(text);
    }
    node.ifPresent(n -> fields.problems().add(n.place(), "this is not a text", "send a string"));
    return Optional.empty();
  }

  /** A member that must parse. */
  static <T> Optional<T> parsed(Fields fields, String name, Function<String, Parsed<T>> parse) {
    Optional<String> text = fields.requiredText(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (parse.apply(text.get())) {
      case Parsed.Ok<T>(T value) -> Optional.of(value);
      case Parsed.Refused<T>(List<Problem> problems) -> {
        problems.forEach(p -> fields.problems().add(p.within(name)));
        yield Optional.empty();
      }
    };
  }
}
