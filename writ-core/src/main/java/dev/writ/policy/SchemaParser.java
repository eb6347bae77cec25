package dev.writ.policy;

import dev.writ.base.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads Cedar's schema syntax into declarations; {@link SchemaNames} then resolves their names. */
final class SchemaParser {
  /** A type as written, its names not yet resolved. */
  sealed interface Written {
    /** A name, seen from a namespace. */
    record Named(String namespace, String name, Token at) implements Written {}

    /** {@code Set<items>}. */
    record SetOf(Written items) implements Written {}

    /** A record. */
    record RecordOf(Map<String, Written> attributes) implements Written {}
  }

  /** An entity type as written. */
  record EntityDecl(Written attributes, Optional<Written> tags) {}

  /** An action as written; parents are names of actions or of entities. */
  record ActionDecl(String namespace, List<ParentName> parents, Optional<Written> context) {}

  /** A parent of an action: its type, when given, and its id. */
  record ParentName(Optional<String> type, String id, Token at) {}

  /** All declarations of a schema under their full names. */
  record Declarations(
      Map<String, Written> common,
      Map<String, EntityDecl> entities,
      Map<EntityUid, ActionDecl> actions) {}

  private final Tokens tokens;
  private final PolicyBounds bounds;
  private final Declarations found =
      new Declarations(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  private String namespace = "";
  private int nesting;

  private SchemaParser(Tokens tokens, PolicyBounds bounds) {
    this.tokens = tokens;
    this.bounds = bounds;
  }

  static Parsed<Schema> parse(String text, PolicyBounds bounds) {
    Complaints complaints = new Complaints(text, bounds.problems());
    Optional<Tokens> tokens = PolicyParser.open(text, bounds, complaints);
    if (tokens.isEmpty()) {
      return Parsed.refused(complaints.all());
    }
    SchemaParser parser = new SchemaParser(tokens.get(), bounds);
    parser.readAll();
    Schema schema = new SchemaNames(parser.found, tokens.get(), bounds).resolve(text);
    return complaints.isEmpty() ? Parsed.ok(schema) : Parsed.refused(complaints.all());
  }

  private void readAll() {
    while (!tokens.atEnd() && !tokens.complaints().isFull()) {
      nesting = 0;
      try {
        if (namespace.isEmpty()) {
          top();
        } else if (tokens.takeSign("}")) {
          namespace = "";
        } else {
          annotations();
          declaration();
        }
      } catch (Tokens.Lost lost) {
        tokens.skipPast(";");
      }
    }
    if (!namespace.isEmpty()) {
      tokens.complain(tokens.peek(), "the namespace `" + namespace + "` does not end", "add `}`");
    }
  }

  private void top() {
    annotations();
    if (tokens.takeWord("namespace")) {
      String name = path();
      tokens.expectSign("{");
      namespace = name;
    } else {
      declaration();
    }
  }

  private void annotations() {
    while (tokens.takeSign("@")) {
      tokens.expect(Token.Kind.IDENTIFIER, "an annotation's name");
      if (tokens.takeSign("(")) {
        tokens.unescape(tokens.expect(Token.Kind.STRING, "a quoted text"));
        tokens.expectSign(")");
      }
    }
  }

  private void declaration() {
    if (tokens.takeWord("entity")) {
      entity();
    } else if (tokens.takeWord("action")) {
      action();
    } else if (tokens.takeWord("type")) {
      Token name = identifier();
      tokens.expectSign("=");
      Written type = type();
      tokens.expectSign(";");
      declare(found.common, qualify(name.text()), type, name);
    } else {
      throw tokens.unexpected("`entity`, `action` or `type`");
    }
  }

  private <T> void declare(Map<String, T> all, String name, T declaration, Token at) {
    if (all.putIfAbsent(name, declaration) != null) {
      tokens.complain(at, "`" + name + "` is declared twice", "keep one declaration");
    }
  }

  private void entity() {
    List<Token> names = new ArrayList<>();
    do {
      names.add(identifier());
    } while (tokens.takeSign(","));
    Written attributes = new Written.RecordOf(Map.of());
    Optional<Written> tags = Optional.empty();
    if (tokens.takeWord("enum")) {
      tokens.expectSign("[");
      do {
        tokens.unescape(tokens.expect(Token.Kind.STRING, "an id"));
      } while (tokens.takeSign(","));
      tokens.expectSign("]");
    } else {
      if (tokens.takeWord("in")) {
        paths();
      }
      boolean announced = tokens.takeSign("=");
      if (announced || tokens.peek().isSign("{")) {
        attributes = record();
      }
      tags = tokens.takeWord("tags") ? Optional.of(type()) : Optional.empty();
    }
    tokens.expectSign(";");
    for (Token name : names) {
      declare(found.entities, qualify(name.text()), new EntityDecl(attributes, tags), name);
    }
  }

  private void action() {
    List<Token> names = new ArrayList<>();
    do {
      names.add(name());
    } while (tokens.takeSign(","));
    List<ParentName> parents = tokens.takeWord("in") ? parents() : List.of();
    Optional<Written> context = Optional.empty();
    if (tokens.takeWord("appliesTo")) {
      tokens.expectSign("{");
      while (!tokens.takeSign("}")) {
        context = applies().or(current(context));
        if (!tokens.peek().isSign("}")) {
          tokens.expectSign(",");
        }
      }
    }
    if (tokens.takeWord("attributes")) {
      tokens.expectSign("{");
      tokens.expectSign("}");
    }
    tokens.expectSign(";");
    for (Token name : names) {
      EntityUid uid = EntityUid.checked(qualify("Action"), text(name));
      if (found.actions.putIfAbsent(uid, new ActionDecl(namespace, parents, context)) != null) {
        tokens.complain(name, "the action `" + uid + "` is declared twice", "keep one of them");
      }
    }
  }

  private static <T> java.util.function.Supplier<Optional<T>> current(Optional<T> value) {
    return () -> value;
  }

  private Optional<Written> applies() {
    if (tokens.takeWord("context")) {
      tokens.expectSign(":");
      return Optional.of(type());
    }
    if (!tokens.takeWord("principal") && !tokens.takeWord("resource")) {
      throw tokens.unexpected("`principal`, `resource` or `context`");
    }
    tokens.expectSign(":");
    paths();
    return Optional.empty();
  }

  private List<ParentName> parents() {
    List<ParentName> parents = new ArrayList<>();
    if (!tokens.takeSign("[")) {
      return List.of(parent());
    }
    do {
      parents.add(parent());
    } while (tokens.takeSign(","));
    tokens.expectSign("]");
    return parents;
  }

  private ParentName parent() {
    Token start = tokens.peek();
    if (start.kind() == Token.Kind.STRING) {
      return new ParentName(Optional.empty(), tokens.unescape(tokens.next()), start);
    }
    StringBuilder path = new StringBuilder(identifier().text());
    while (tokens.takeSign("::")) {
      if (tokens.peek().kind() == Token.Kind.STRING) {
        String id = tokens.unescape(tokens.next());
        return new ParentName(Optional.of(path.toString()), id, start);
      }
      path.append("::").append(identifier().text());
    }
    return new ParentName(Optional.empty(), path.toString(), start);
  }

  private Written type() {
    Token start = tokens.peek();
    if (++nesting > bounds.nesting()) {
      throw tokens.lost(start, "this type nests deeper than " + bounds.nesting(), "name its parts");
    }
    Written type;
    if (start.isSign("{")) {
      type = record();
    } else if (start.isWord("Set") && tokens.peekSecond().isSign("<")) {
      tokens.next();
      tokens.expectSign("<");
      type = new Written.SetOf(type());
      tokens.expectSign(">");
    } else {
      type = new Written.Named(namespace, path(), start);
    }
    nesting--;
    return type;
  }

  private Written record() {
    tokens.expectSign("{");
    Map<String, Written> attributes = new LinkedHashMap<>();
    while (!tokens.takeSign("}")) {
      annotations();
      Token name = name();
      tokens.takeSign("?");
      tokens.expectSign(":");
      if (attributes.put(text(name), type()) != null) {
        tokens.complain(name, name.shown() + " is in this record twice", "keep one of them");
      }
      if (!tokens.peek().isSign("}")) {
        tokens.expectSign(",");
      }
    }
    return new Written.RecordOf(attributes);
  }

  private void paths() {
    if (!tokens.takeSign("[")) {
      path();
      return;
    }
    while (!tokens.takeSign("]")) {
      path();
      if (!tokens.peek().isSign("]")) {
        tokens.expectSign(",");
      }
    }
  }

  private String path() {
    StringBuilder path = new StringBuilder(part());
    while (tokens.takeSign("::")) {
      path.append("::").append(part());
    }
    return path.toString();
  }

  // `__cedar` may lead a path, where it names what is built in.
  private String part() {
    return tokens.takeWord("__cedar") ? "__cedar" : identifier().text();
  }

  private Token name() {
    return tokens.peek().kind() == Token.Kind.STRING ? tokens.next() : identifier();
  }

  private Token identifier() {
    Token token = tokens.expect(Token.Kind.IDENTIFIER, "a name");
    if (Names.isReserved(token.text())) {
      tokens.complain(token, token.shown() + " is a reserved word", "choose another name");
    }
    return token;
  }

  private String text(Token name) {
    return name.kind() == Token.Kind.STRING ? tokens.unescape(name) : name.text();
  }

  private String qualify(String name) {
    return namespace.isEmpty() ? name : namespace + "::" + name;
  }
}
