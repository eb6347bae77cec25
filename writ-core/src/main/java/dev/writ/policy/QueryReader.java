package dev.writ.policy;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The quick way from bytes to a query: plain documents, ASCII without escapes, no schema. It gives
 * up on anything else, and on anything wrong; {@link PolicyJson} then reads the document at leisure
 * and finds the problems. Where it does not give up, both read the same.
 */
final class QueryReader {
  private static final List<String> QUERY =
      List.of("principal", "action", "resource", "context", "entities");
  private static final List<String> ENTITY = List.of("uid", "attrs", "parents", "tags");

  private final byte[] bytes;
  private final Json.Bounds bounds;
  private int at;
  private int count;

  /** Leaves the quick way. */
  private static final class GiveUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    GiveUp() {
      super("not a plain document", null, false, false);
    }
  }

  private QueryReader(byte[] bytes, Json.Bounds bounds) {
    this.bytes = bytes;
    this.bounds = bounds;
  }

  static Optional<PolicyJson.Query> read(byte[] utf8, Json.Bounds bounds) {
    if (utf8.length > bounds.bytes()) {
      return Optional.empty();
    }
    try {
      return new QueryReader(utf8, bounds).query();
    } catch (GiveUp | ArrayIndexOutOfBoundsException unusual) {
      return Optional.empty();
    }
  }

  private Optional<PolicyJson.Query> query() {
    EntityUid[] uids = new EntityUid[3];
    Value.Rec context = Value.Rec.EMPTY;
    List<Entity> entities = List.of();
    int seen = 0;
    enter(1);
    expect('{');
    do {
      int part = part(QUERY);
      requireNew(seen, part);
      seen |= 1 << part;
      if (part < 3) {
        uids[part] = uid(2);
      } else if (part == 3) {
        context = record(2);
      } else {
        entities = entities(2);
      }
    } while (more('}'));
    skipSpace();
    if (at != bytes.length || (seen & 7) != 7) {
      throw new GiveUp();
    }
    Request request = new Request(uids[0], uids[1], uids[2], context);
    Parsed<Entities> known = Entities.parse(entities);
    return known.found().map(e -> new PolicyJson.Query(request, e));
  }

  private List<Entity> entities(int depth) {
    List<Entity> entities = new ArrayList<>();
    enter(depth);
    expect('[');
    if (taken(']')) {
      return entities;
    }
    do {
      entities.add(entity(depth + 1));
    } while (more(']'));
    return entities;
  }

  private Entity entity(int depth) {
    Optional<EntityUid> uid = Optional.empty();
    Value.Rec attributes = Value.Rec.EMPTY;
    Value.Rec tags = Value.Rec.EMPTY;
    Set<EntityUid> parents = Set.of();
    int seen = 0;
    enter(depth);
    expect('{');
    do {
      int part = part(ENTITY);
      requireNew(seen, part);
      seen |= 1 << part;
      switch (part) {
        case 0 -> uid = Optional.of(uid(depth + 1));
        case 1 -> attributes = record(depth + 1);
        case 2 -> parents = parents(depth + 1);
        default -> tags = record(depth + 1);
      }
    } while (more('}'));
    if ((seen & 7) != 7 || uid.isEmpty()) {
      throw new GiveUp();
    }
    return new Entity(uid.get(), attributes.fields(), parents, tags.fields());
  }

  private Set<EntityUid> parents(int depth) {
    enter(depth);
    expect('[');
    if (taken(']')) {
      return Set.of();
    }
    EntityUid first = uid(depth + 1);
    if (!more(']')) {
      return Set.of(first);
    }
    Set<EntityUid> parents = new LinkedHashSet<>();
    parents.add(first);
    do {
      parents.add(uid(depth + 1));
    } while (more(']'));
    return parents;
  }

  private EntityUid uid(int depth) {
    enter(depth);
    expect('{');
    if (takenName("__entity")) {
      EntityUid uid = uid(depth + 1);
      close();
      return uid;
    }
    enter(depth + 1);
    enter(depth + 1);
    boolean typeFirst = takenName("type");
    if (!typeFirst) {
      expectName("id");
    }
    String one = text();
    expect(',');
    expectName(typeFirst ? "id" : "type");
    String other = text();
    close();
    String type = typeFirst ? one : other;
    if (!Names.isTypeName(type)) {
      throw new GiveUp();
    }
    return EntityUid.checked(type, typeFirst ? other : one);
  }

  private Value.Rec record(int depth) {
    if (object(depth) instanceof Value.Rec rec) {
      return rec;
    }
    throw new GiveUp();
  }

  private Value value(int depth) {
    skipSpace();
    return switch (bytes[at]) {
      case '"' -> {
        enter(depth);
        yield new Value.Str(text());
      }
      case '{' -> object(depth);
      case '[' -> set(depth);
      case 't' -> word("true", depth, Value.Bool.TRUE);
      case 'f' -> word("false", depth, Value.Bool.FALSE);
      default -> {
        enter(depth);
        yield integer();
      }
    };
  }

  private Value word(String word, int depth, Value value) {
    enter(depth);
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at++] != word.charAt(i)) {
        throw new GiveUp();
      }
    }
    return value;
  }

  private Value set(int depth) {
    enter(depth);
    expect('[');
    List<Value> items = new ArrayList<>();
    if (!taken(']')) {
      do {
        Value item = value(depth + 1);
        if (item instanceof Value.Rec || item instanceof Value.Set) {
          throw new GiveUp();
        }
        items.add(item);
      } while (more(']'));
    }
    return Value.setOf(items);
  }

  private Value object(int depth) {
    enter(depth);
    expect('{');
    if (taken('}')) {
      return Value.Rec.EMPTY;
    }
    String first = name();
    if (first.startsWith("__")) {
      return special(first, depth);
    }
    String[] names = new String[12];
    Value[] values = new Value[12];
    int size = 0;
    String name = first;
    while (true) {
      for (int i = 0; i < size; i++) {
        if (names[i].equals(name)) {
          throw new GiveUp();
        }
      }
      if (size == names.length) {
        // A walk over many names is left to the reader that hashes them.
        if (size >= 96) {
          throw new GiveUp();
        }
        names = Arrays.copyOf(names, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      names[size] = name;
      values[size++] = value(depth + 1);
      if (!more('}')) {
        return new Value.Rec(new Fields(names, values, size));
      }
      name = name();
      if (name.startsWith("__")) {
        throw new GiveUp();
      }
    }
  }

  private Value special(String name, int depth) {
    if (name.equals("__entity")) {
      EntityUid uid = uid(depth + 1);
      close();
      return uid;
    }
    if (!name.equals("__extn")) {
      throw new GiveUp();
    }
    enter(depth + 1);
    expect('{');
    expectName("fn");
    enter(depth + 2);
    String word = text();
    expect(',');
    expectName("arg");
    enter(depth + 2);
    String argument = text();
    close();
    close();
    Optional<? extends Value> value =
        Function.named(word)
            .filter(f -> !f.isMethod())
            .flatMap(f -> Calls.construct(f, argument).map(v -> v));
    if (value.isEmpty()) {
      throw new GiveUp();
    }
    return value.get();
  }

  private Value integer() {
    boolean negative = bytes[at] == '-';
    int from = negative ? at + 1 : at;
    int end = from;
    long n = 0;
    while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9') {
      n = n * 10 + (bytes[end++] - '0');
    }
    boolean leadingZero = bytes[from] == '0' && end - from > 1;
    boolean fraction =
        end < bytes.length && (bytes[end] == '.' || bytes[end] == 'e' || bytes[end] == 'E');
    // Up to fifteen digits every bound holds.
    if (end == from || end - from > 15 || leadingZero || fraction) {
      throw new GiveUp();
    }
    at = end;
    return new Value.Int(negative ? -n : n);
  }

  /** Which of these names comes next. */
  private int part(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (takenName(names.get(i))) {
        return i;
      }
    }
    throw new GiveUp();
  }

  private void expectName(String wanted) {
    if (!takenName(wanted)) {
      throw new GiveUp();
    }
  }

  /** Steps over this name and its colon if they come next. */
  private boolean takenName(String wanted) {
    skipSpace();
    int length = wanted.length();
    if (at + length + 1 >= bytes.length || bytes[at] != '"' || bytes[at + length + 1] != '"') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[at + 1 + i] != wanted.charAt(i)) {
        return false;
      }
    }
    at += length + 2;
    expect(':');
    return true;
  }

  private String name() {
    String name = text();
    expect(':');
    return name;
  }

  private String text() {
    expect('"');
    int end = at;
    byte c = bytes[end];
    while (c != '"') {
      // Escapes, controls and what is not ASCII (negative bytes).
      if (c == '\\' || c < ' ') {
        throw new GiveUp();
      }
      c = bytes[++end];
    }
    String text = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    at = end + 1;
    return text;
  }

  private void enter(int depth) {
    if (++count > bounds.values() || depth > bounds.depth()) {
      throw new GiveUp();
    }
  }

  private void requireNew(int seen, int part) {
    if ((seen >> part & 1) == 1) {
      throw new GiveUp();
    }
  }

  private void expect(char c) {
    if (!taken(c)) {
      throw new GiveUp();
    }
  }

  private void close() {
    expect('}');
  }

  /** True after a comma, false after the closing sign. */
  private boolean more(char close) {
    if (taken(',')) {
      return true;
    }
    expect(close);
    return false;
  }

  private boolean taken(char c) {
    skipSpace();
    if (at < bytes.length && bytes[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < bytes.length
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
  }
}
