package dev.writ.server.http;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parameters of {@code application/x-www-form-urlencoded}: names in the order in which they were
 * first given, empty values left out (RFC 6749, section 3.2).
 */
public final class Form {
  /** Most parameters. */
  public static final int MOST = 64;

  private final Map<String, List<String>> values;

  private Form(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads a body. */
  public static Parsed<Form> parse(byte[] body) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int count = 0;
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        return Parsed.refused(
            "", "`" + Text.excerpt(pair) + "` is not form-encoded UTF-8", "encode it");
      }
      if (++count > MOST) {
        return Parsed.refused("", "more than " + MOST + " parameters", "send fewer");
      }
      if (!value.get().isEmpty()) {
        values.computeIfAbsent(name.get(), n -> new ArrayList<>()).add(value.get());
      }
    }
    return Parsed.ok(new Form(values));
  }

  private static Optional<String> decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '+') {
        bytes.write(' ');
      } else if (c == '%') {
        int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
        int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** A parameter's first value. */
  public Optional<String> one(String name) {
    return all(name).stream().findFirst();
  }

  /** A parameter's values in order. */
  public List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /** The names in the order in which they were first given. */
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** A problem for each parameter that was given twice and may not be. */
  public List<Problem> repeated(Set<String> allowed) {
    List<Problem> problems = new ArrayList<>();
    values.forEach((name, given) -> {
      if (given.size() > 1 && !allowed.contains(name)) {
        problems.add(
            new Problem(
                Text.excerpt(name),
                "the parameter `" + Text.excerpt(name) + "` is given " + given.size() + " times",
                "give it once"));
      }
    });
    return problems;
  }
}
