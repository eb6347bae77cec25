package dev.writ.form;

import dev.writ.base.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One mapping being read. Every reader answers empty when the key is absent or its value unusable;
 * in the second case a problem has been added. {@link #close} complains about keys nobody asked
 * for.
 */
public final class Fields {
  /** Longest text a document may hold in one place, in characters. */
  public static final int LONGEST_TEXT = 4_096;

  private static final Place NOWHERE = Place.WHOLE;

  private final Place place;
  private final Problems problems;
  private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  private Fields(Node.Mapping mapping, Problems problems) {
    this.place = mapping.place();
    this.problems = problems;
    mapping.entries().forEach(e -> entries.put(e.key(), e));
  }

  /** The fields of a mapping; anything else is a problem. */
  public static Optional<Fields> of(Node node, Problems problems) {
    if (node instanceof Node.Mapping mapping) {
      return Optional.of(new Fields(mapping, problems));
    }
    problems.add(node.place(), "this is not a mapping", "write `key: value` lines");
    return Optional.empty();
  }

  public Place place() {
    return place;
  }

  /** Where a field stands, or where its mapping starts when it is absent. */
  public Place place(String name) {
    Node.Entry entry = entries.get(name);
    return entry == null ? place : entry.place();
  }

  public Problems problems() {
    return problems;
  }

  /** The value of a field; a null counts as absent. */
  public Optional<Node> node(String name) {
    asked.add(name);
    Node.Entry entry = entries.get(name);
    if (entry == null
        || (entry.value() instanceof Node.Scalar(Place at, Node.Kind kind, String text)
            && kind == Node.Kind.NULL)) {
      return Optional.empty();
    }
    return Optional.of(entry.value());
  }

  /** The value of a field that must be there. */
  public Optional<Node> required(String name) {
    Optional<Node> node = node(name);
    if (node.isEmpty()) {
      problems.add(
          place.equals(NOWHERE) ? new Place(name, 0, 0) : place,
          "`" + name + "` is missing",
          "add `" + name + ":`");
    }
    return node;
  }

  public Optional<String> text(String name) {
    return node(name).flatMap(n -> text(n, problems));
  }

  public Optional<String> requiredText(String name) {
    return required(name).flatMap(n -> text(n, problems));
  }

  /** A name by the rule of {@link Names}. */
  public Optional<String> id(String name) {
    return node(name).flatMap(n -> id(n, problems));
  }

  public Optional<String> requiredId(String name) {
    return required(name).flatMap(n -> id(n, problems));
  }

  public Optional<Fields> fields(String name) {
    return node(name).flatMap(n -> of(n, problems));
  }

  public Optional<Fields> requiredFields(String name) {
    return required(name).flatMap(n -> of(n, problems));
  }

  /** An integer between two bounds, both included. */
  public Optional<Long> integer(String name, long least, long most) {
    Optional<Node> node = node(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!(node.get() instanceof Node.Scalar scalar) || scalar.kind() != Node.Kind.INTEGER) {
      problems.add(node.get().place(), "this is not a whole number", "write digits, unquoted");
      return Optional.empty();
    }
    Optional<Long> value = problems.integer(scalar);
    if (value.isPresent() && (value.get() < least || value.get() > most)) {
      problems.add(
          scalar.place(),
          "`" + scalar.text() + "` is out of bounds",
          "write a number from " + least + " to " + most);
      return Optional.empty();
    }
    return value;
  }

  public Optional<Boolean> bool(String name) {
    Optional<Node> node = node(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.BOOLEAN) {
      return Optional.of(Boolean.parseBoolean(scalar.text()));
    }
    problems.add(node.get().place(), "this is neither true nor false", "write true or false");
    return Optional.empty();
  }

  /** A word that must be one of the choices. */
  public <T> Optional<T> choice(String name, Map<String, T> choices) {
    return text(name).flatMap(word -> choice(word, place(name), choices));
  }

  public <T> Optional<T> requiredChoice(String name, Map<String, T> choices) {
    return requiredText(name).flatMap(word -> choice(word, place(name), choices));
  }

  private <T> Optional<T> choice(String word, Place at, Map<String, T> choices) {
    T chosen = choices.get(word);
    if (chosen == null) {
      problems.add(
          at,
          "`" + Text.excerpt(word) + "` is not one of the choices",
          Suggestion.remedy(word, choices.keySet()));
    }
    return Optional.ofNullable(chosen);
  }

  /** The items of a list, each read by {@code read}; an absent list is empty. */
  public <T> List<T> each(String name, Function<Node, Optional<T>> read) {
    Optional<Node> node = node(name);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof Node.Sequence(Place at, List<Node> items))) {
      problems.add(node.get().place(), "this is not a list", "write `[a, b]` or `- a` lines");
      return List.of();
    }
    List<T> out = new ArrayList<>();
    items.forEach(item -> read.apply(item).ifPresent(out::add));
    return List.copyOf(out);
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    return each(name, n -> text(n, problems));
  }

  /** A list of names without repetition. */
  public List<String> ids(String name) {
    Set<String> seen = new LinkedHashSet<>();
    each(
        name,
        n -> {
          Optional<String> id = id(n, problems);
          if (id.isPresent() && !seen.add(id.get())) {
            problems.add(n.place(), "`" + id.get() + "` is listed twice", "keep one of them");
          }
          return id;
        });
    return List.copyOf(seen);
  }

  /** A list of names with at least one in it. */
  public List<String> requiredIds(String name) {
    if (required(name).isEmpty()) {
      return List.of();
    }
    int before = problems.count();
    List<String> ids = ids(name);
    if (ids.isEmpty() && problems.count() == before) {
      problems.add(place(name), "`" + name + "` is empty", "list at least one");
    }
    return ids;
  }

  /** The entries of a mapping whose keys are data. */
  public List<Node.Entry> entries(String name) {
    Optional<Node> node = node(name);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Node.Mapping(Place at, List<Node.Entry> found)) {
      return found;
    }
    problems.add(node.get().place(), "this is not a mapping", "write `key: value` lines");
    return List.of();
  }

  /** The entries that nobody asked for yet; they count as asked for now. */
  public List<Node.Entry> rest() {
    List<Node.Entry> rest =
        entries.values().stream().filter(e -> !asked.contains(e.key())).toList();
    rest.forEach(e -> asked.add(e.key()));
    return rest;
  }

  /** Complains about every key that nobody asked for. */
  public void close() {
    List<String> known = List.copyOf(asked);
    for (Node.Entry entry : entries.values()) {
      if (!asked.contains(entry.key())) {
        problems.add(
            entry.place(),
            "`" + Text.excerpt(entry.key()) + "` is not a field here",
            Suggestion.remedy(entry.key(), known));
      }
    }
  }

  /** A text of 1 to {@link #LONGEST_TEXT} characters. */
  public static Optional<String> text(Node node, Problems problems) {
    if (!(node instanceof Node.Scalar scalar)) {
      problems.add(node.place(), "this is not a text", "write one value here");
      return Optional.empty();
    }
    if (scalar.kind() == Node.Kind.DOUBTFUL) {
      problems.doubtful(scalar);
      return Optional.empty();
    }
    if (scalar.kind() != Node.Kind.TEXT) {
      problems.add(
          scalar.place(),
          "`" + Text.excerpt(scalar.text()) + "` is not a text",
          "put it in quotes if it is meant as one");
      return Optional.empty();
    }
    if (scalar.text().isBlank() || scalar.text().length() > LONGEST_TEXT) {
      problems.add(
          scalar.place(),
          "a text here has 1 to " + LONGEST_TEXT + " characters",
          scalar.text().isBlank() ? "write something or leave the key out" : "shorten it");
      return Optional.empty();
    }
    if (scalar.text().codePoints().anyMatch(Fields::invisible)) {
      problems.add(
          scalar.place(),
          "`" + Text.excerpt(scalar.text()) + "` holds invisible or direction-changing characters",
          "type it again without them");
      return Optional.empty();
    }
    return Optional.of(scalar.text());
  }

  /** What a reviewer would not see, or see in another order than it stands. */
  private static boolean invisible(int c) {
    int type = Character.getType(c);
    return (type == Character.CONTROL && c != '\n' && c != '\t')
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** A name by the rule of {@link Names}. */
  public static Optional<String> id(Node node, Problems problems) {
    Optional<String> text = text(node, problems);
    if (text.isPresent() && !Names.wellFormed(text.get())) {
      problems.add(node.place(), "`" + Text.excerpt(text.get()) + "` is not a name", Names.RULE);
      return Optional.empty();
    }
    return text;
  }
}
