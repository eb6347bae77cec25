package dev.writ.base;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Strangers' bytes to {@link Json}, over Jackson's tokeniser with its own limits switched to ours.
 */
final class JsonReader {
  private static final int DEEPEST = 256;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(400)
                  .maxStringLength(64 << 20)
                  .maxNameLength(65_536)
                  .build())
          .build();

  private final JsonParser parser;
  private final Json.Bounds bounds;
  private int values;

  private JsonReader(JsonParser parser, Json.Bounds bounds) {
    this.parser = parser;
    this.bounds = bounds;
  }

  static Parsed<Json> read(byte[] utf8, Json.Bounds bounds) {
    if (utf8.length > bounds.bytes()) {
      return Parsed.refused(
          "",
          "the document has " + utf8.length + " bytes, more than " + bounds.bytes(),
          "send a smaller one");
    }
    String text;
    try {
      // Decoded strictly and first: Jackson would guess UTF-16 and let unpaired surrogates pass.
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      return Parsed.refused(
          "", "the document is not UTF-8", "send UTF-8 without a byte order mark");
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonReader reader = new JsonReader(parser, bounds);
      Json value = reader.value(parser.nextToken(), 0);
      if (parser.nextToken() != null) {
        throw reader.refuse("something follows the document", "send one JSON value");
      }
      return Parsed.ok(value);
    } catch (Refusal refusal) {
      return Parsed.refused(List.of(refusal.problem));
    } catch (JacksonException e) {
      return Parsed.refused(
          place(e.getLocation()), "not JSON: " + reason(e), "check the document's syntax");
    }
  }

  private Json value(JsonToken token, int depth) {
    if (token == null) {
      throw refuse("the document ends too early", "send one whole JSON value");
    }
    if (++values > bounds.values()) {
      throw refuse("more than " + bounds.values() + " values", "send a smaller document");
    }
    return switch (token) {
      case START_OBJECT -> object(depth + 1);
      case START_ARRAY -> array(depth + 1);
      case VALUE_STRING -> new Json.Str(paired(parser.getString()));
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> real();
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      case VALUE_NULL -> new Json.Null();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw refuse("a value was expected", "check the document's syntax");
    };
  }

  private Json object(int depth) {
    checkDepth(depth);
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = paired(parser.currentName());
      members.put(name, value(parser.nextToken(), depth));
    }
    return new Json.Obj(members);
  }

  private Json array(int depth) {
    checkDepth(depth);
    List<Json> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(value(t, depth));
    }
    return new Json.Arr(items);
  }

  private Json integer() {
    String digits = parser.getString();
    if (digits.equals("-0")) {
      return new Json.Int(0);
    }
    long n;
    try {
      n = Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw refuse(
          "the integer `" + Text.excerpt(digits) + "` is too large", "send it as a string");
    }
    if (bounds.safeIntegers() && (n > Json.MAX_SAFE_INTEGER || n < -Json.MAX_SAFE_INTEGER)) {
      throw refuse("the integer `" + digits + "` is beyond 2^53 − 1", "send it as a string");
    }
    return new Json.Int(n);
  }

  private Json real() {
    double d = Double.parseDouble(parser.getString());
    if (!Double.isFinite(d)) {
      throw refuse("the number is too large", "send it as a string");
    }
    return new Json.Real(d);
  }

  private String paired(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw refuse("a string holds an unpaired surrogate", "send well-formed Unicode");
      }
    }
    return text;
  }

  private void checkDepth(int depth) {
    if (depth > bounds.depth()) {
      throw refuse("nested deeper than " + bounds.depth(), "send a flatter document");
    }
  }

  private Refusal refuse(String what, String remedy) {
    return new Refusal(new Problem(place(parser.currentLocation()), what, remedy));
  }

  private static String place(TokenStreamLocation at) {
    return at == null || at.getLineNr() < 1
        ? ""
        : "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static String reason(JacksonException e) {
    String message = e.getOriginalMessage();
    return message == null ? "unreadable" : Text.excerpt(message);
  }

  /** Leaves the recursion at the first problem. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Refusal(Problem problem) {
      super(problem.toString(), null, false, false);
      this.problem = problem;
    }
  }
}
