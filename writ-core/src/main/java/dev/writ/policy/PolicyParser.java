package dev.writ.policy;

import dev.writ.base.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads policy text; reports every syntax error it can, going on behind the next semicolon. */
final class PolicyParser {
  private final Tokens tokens;
  private ExprParser exprs;
  private final PolicyBounds bounds;
  private final List<Policy> policies = new ArrayList<>();
  private final List<Template> templates = new ArrayList<>();

  private PolicyParser(Tokens tokens, PolicyBounds bounds) {
    this.tokens = tokens;
    this.exprs = new ExprParser(tokens, bounds);
    this.bounds = bounds;
  }

  static Parsed<PolicySet> policies(String text, PolicyBounds bounds) {
    Complaints complaints = new Complaints(text, bounds.problems());
    Optional<Tokens> tokens = open(text, bounds, complaints);
    if (tokens.isEmpty()) {
      return Parsed.refused(complaints.all());
    }
    PolicyParser parser = new PolicyParser(tokens.get(), bounds);
    parser.readAll();
    return complaints.isEmpty()
        ? Parsed.ok(new PolicySet(parser.policies, parser.templates))
        : Parsed.refused(complaints.all());
  }

  static Parsed<EntityUid> entity(String text) {
    return expression(text)
        .then(expr ->
            expr instanceof Expr.Literal(EntityUid uid)
                ? Parsed.ok(uid)
                : Parsed.refused("", "this is not an entity", "write `Type::\"id\"`"));
  }

  static Parsed<Expr> expression(String text) {
    PolicyBounds bounds = PolicyBounds.STANDARD;
    Complaints complaints = new Complaints(text, bounds.problems());
    Optional<Tokens> opened = open(text, bounds, complaints);
    if (opened.isEmpty()) {
      return Parsed.refused(complaints.all());
    }
    Tokens tokens = opened.get();
    try {
      Expr expr = new ExprParser(tokens, bounds).expr();
      if (!tokens.atEnd()) {
        throw tokens.unexpected("the end of the expression");
      }
      return complaints.isEmpty() ? Parsed.ok(expr) : Parsed.refused(complaints.all());
    } catch (Tokens.Lost lost) {
      return Parsed.refused(complaints.all());
    }
  }

  static Optional<Tokens> open(String text, PolicyBounds bounds, Complaints complaints) {
    if (text.length() > bounds.characters()) {
      complaints.add(
          0,
          "the text has " + text.length() + " characters; the most is " + bounds.characters(),
          "split it");
      return Optional.empty();
    }
    int unpaired = unpairedSurrogate(text);
    if (unpaired >= 0) {
      complaints.add(unpaired, "an unpaired surrogate", "send well-formed Unicode");
      return Optional.empty();
    }
    return Optional.of(new Tokens(Lexer.tokens(text, complaints), complaints));
  }

  private static int unpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  private void readAll() {
    int count = 0;
    while (!tokens.atEnd() && !tokens.complaints().isFull()) {
      if (count == bounds.policies()) {
        tokens.complain(
            tokens.peek(), "more than " + bounds.policies() + " policies", "split the text");
        return;
      }
      try {
        add("policy" + count, policy());
      } catch (Tokens.Lost lost) {
        tokens.skipPast(";");
      }
      count++;
    }
  }

  private void add(String id, Rule rule) {
    if (rule.slots().isEmpty()) {
      policies.add(new Policy(id, rule));
    } else {
      templates.add(new Template(id, rule));
    }
  }

  private Rule policy() {
    // A policy given up half-way must not leave its nesting to the next.
    exprs = new ExprParser(tokens, bounds);
    Map<String, String> annotations = annotations();
    Effect effect = effect();
    tokens.expectSign("(");
    Scope principal = scope("principal");
    separate();
    Scope action = action();
    separate();
    Scope resource = scope("resource");
    tokens.takeSign(",");
    if (!tokens.peek().isSign(")")) {
      throw tokens.unexpected("`)`: a head is `(principal, action, resource)`");
    }
    tokens.expectSign(")");
    List<Condition> conditions = new ArrayList<>();
    while (!tokens.peek().isSign(";")) {
      conditions.add(condition());
    }
    tokens.expectSign(";");
    return new Rule(annotations, effect, principal, action, resource, conditions);
  }

  private void separate() {
    tokens.expectSign(",");
  }

  private Map<String, String> annotations() {
    Map<String, String> annotations = new LinkedHashMap<>();
    while (tokens.takeSign("@")) {
      Token name = tokens.expect(Token.Kind.IDENTIFIER, "an annotation's name");
      String value = "";
      if (tokens.takeSign("(")) {
        value = tokens.unescape(tokens.expect(Token.Kind.STRING, "a quoted text"));
        tokens.expectSign(")");
      }
      if (annotations.put(name.text(), value) != null) {
        tokens.complain(name, "`@" + name.text() + "` is given twice", "keep one of them");
      }
    }
    return annotations;
  }

  private Effect effect() {
    if (tokens.takeWord("permit")) {
      return Effect.PERMIT;
    }
    if (tokens.takeWord("forbid")) {
      return Effect.FORBID;
    }
    throw tokens.unexpected("`permit` or `forbid`");
  }

  private Condition condition() {
    boolean when = tokens.takeWord("when");
    if (!when && !tokens.takeWord("unless")) {
      throw tokens.unexpected("`when`, `unless` or `;`");
    }
    tokens.expectSign("{");
    Expr expr = exprs.expr();
    tokens.expectSign("}");
    return new Condition(when, expr);
  }

  private Scope scope(String variable) {
    tokens.expectWord(variable);
    Slot slot = variable.equals("principal") ? Slot.PRINCIPAL : Slot.RESOURCE;
    if (tokens.takeWord("is")) {
      String type = exprs.typeName();
      return tokens.takeWord("in") ? new Scope.OfTypeIn(type, target(slot)) : Scope.ofType(type);
    }
    if (tokens.takeSign("==")) {
      return new Scope.Is(target(slot));
    }
    return tokens.takeWord("in") ? new Scope.In(target(slot)) : Scope.any();
  }

  private Scope.EntityTarget target(Slot slot) {
    int brackets = openBrackets();
    Token token = tokens.peek();
    Scope.EntityTarget target;
    if (token.kind() == Token.Kind.SLOT) {
      tokens.next();
      if (!token.text().equals(slot.word())) {
        throw tokens.lost(token, token.shown() + " cannot stand here", "use `" + slot.word() + "`");
      }
      target = new Scope.Open(slot);
    } else {
      target = new Scope.Named(entity());
    }
    closeBrackets(brackets);
    return target;
  }

  private Scope action() {
    tokens.expectWord("action");
    if (tokens.takeSign("==")) {
      return Scope.is(actionEntity());
    }
    if (!tokens.takeWord("in")) {
      return Scope.any();
    }
    int brackets = openBrackets();
    Scope scope = tokens.takeSign("[") ? Scope.inAny(actions()) : Scope.in(actionEntity());
    closeBrackets(brackets);
    return scope;
  }

  private List<EntityUid> actions() {
    List<EntityUid> actions = new ArrayList<>();
    while (!tokens.takeSign("]")) {
      actions.add(actionEntity());
      if (!tokens.peek().isSign("]")) {
        tokens.expectSign(",");
      }
    }
    return actions;
  }

  private EntityUid actionEntity() {
    int brackets = openBrackets();
    Token token = tokens.peek();
    EntityUid uid = entity();
    if (!Rule.isActionType(uid.type())) {
      throw tokens.lost(token, "`" + uid.type() + "` is not a type of actions", "use `Action`");
    }
    closeBrackets(brackets);
    return uid;
  }

  private EntityUid entity() {
    Token start = tokens.expect(Token.Kind.IDENTIFIER, "an entity such as `User::\"alice\"`");
    StringBuilder type = new StringBuilder(start.text());
    tokens.expectSign("::");
    while (tokens.peek().kind() == Token.Kind.IDENTIFIER) {
      type.append("::").append(tokens.next().text());
      tokens.expectSign("::");
    }
    String id = tokens.unescape(tokens.expect(Token.Kind.STRING, "the entity's quoted id"));
    if (!Names.isTypeName(type.toString())) {
      throw tokens.lost(start, "`" + type + "` holds a reserved word", "choose another name");
    }
    return EntityUid.checked(type.toString(), id);
  }

  private int openBrackets() {
    int count = 0;
    while (tokens.takeSign("(")) {
      count++;
    }
    return count;
  }

  private void closeBrackets(int count) {
    for (int i = 0; i < count; i++) {
      tokens.expectSign(")");
    }
  }
}
