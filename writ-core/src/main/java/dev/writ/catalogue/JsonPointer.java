package dev.writ.catalogue;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JSON Pointer (RFC 6901) to one value, not to the whole document; at most 256 characters.
 *
 * @param text such as {@code /invoice/supplier_id}
 */
public record JsonPointer(String text) {
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*)+");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final int LONGEST = 256;

  public JsonPointer {
    if (!wellFormed(text)) {
      throw new IllegalArgumentException("not a JSON Pointer: " + text);
    }
  }

  public static Parsed<JsonPointer> parse(String text) {
    return wellFormed(text)
        ? Parsed.ok(new JsonPointer(text))
        : Parsed.refused(
            "",
            "`" + Text.excerpt(text) + "` is not a JSON Pointer",
            "write /name or /outer/name; ~1 stands for a slash, ~0 for a tilde");
  }

  private static boolean wellFormed(String text) {
    return text.length() <= LONGEST && POINTER.matcher(text).matches();
  }

  private List<String> steps() {
    return Stream.of(text.substring(1).split("/", -1))
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /** The value it points at. */
  public Optional<Json> in(Json document) {
    Json at = document;
    for (String step : steps()) {
      Optional<Json> next =
          switch (at) {
            case Json.Obj obj -> obj.get(step);
            case Json.Arr(List<Json> items)
                when INDEX.matcher(step).matches() && Integer.parseInt(step) < items.size() ->
                Optional.of(items.get(Integer.parseInt(step)));
            case Json other -> Optional.<Json>empty();
          };
      if (next.isEmpty()) {
        return next;
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  /** A pointer to a member of the document. */
  public static JsonPointer of(String member) {
    return new JsonPointer("/" + member.replace("~", "~0").replace("/", "~1"));
  }
}
