package dev.writ.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads expressions by recursive descent, one method a level of binding. Recursion is bounded by
 * nesting, what is evaluated later by the tree's height; both are Writ's limits, not Cedar's.
 */
final class ExprParser {
  private static final int MOST_SIGNS = 4;

  private final Tokens tokens;
  private final PolicyBounds bounds;
  private int nesting;
  // The height of the tree that the last method returned.
  private int height;

  ExprParser(Tokens tokens, PolicyBounds bounds) {
    this.tokens = tokens;
    this.bounds = bounds;
  }

  Expr expr() {
    Token start = tokens.peek();
    if (++nesting > bounds.nesting()) {
      throw tokens.lost(
          start,
          "this expression nests deeper than " + bounds.nesting(),
          "name parts of it in the request or split the policy");
    }
    Expr expr = tokens.takeWord("if") ? conditional(start) : or();
    nesting--;
    return expr;
  }

  private Expr conditional(Token start) {
    Expr condition = expr();
    int highest = height;
    tokens.expectWord("then");
    Expr yes = expr();
    highest = Math.max(highest, height);
    tokens.expectWord("else");
    Expr no = expr();
    raise(start, Math.max(highest, height));
    return new Expr.If(condition, yes, no);
  }

  private Expr or() {
    Token start = tokens.peek();
    Expr left = and();
    int highest = height;
    while (tokens.takeSign("||")) {
      left = new Expr.Or(left, and());
      highest = raise(start, Math.max(highest, height));
    }
    height = highest;
    return left;
  }

  private Expr and() {
    Token start = tokens.peek();
    Expr left = relation();
    int highest = height;
    while (tokens.takeSign("&&")) {
      left = new Expr.And(left, relation());
      highest = raise(start, Math.max(highest, height));
    }
    height = highest;
    return left;
  }

  private Expr relation() {
    Token start = tokens.peek();
    Expr left = sum();
    int highest = height;
    Token sign = tokens.peek();
    Expr result = left;
    if (relationSign(sign).isPresent()) {
      tokens.next();
      result = new Expr.Binary(relationSign(sign).get(), left, sum());
      raise(start, Math.max(highest, height));
    } else if (tokens.takeWord("has")) {
      List<String> path = hasPath();
      result = new Expr.Has(left, path);
      raise(start, highest + path.size());
    } else if (tokens.takeWord("like")) {
      Token literal = tokens.expect(Token.Kind.STRING, "a pattern such as `\"a*\"`");
      result = new Expr.Like(left, pattern(literal));
      raise(start, highest);
    } else if (tokens.takeWord("is")) {
      result = is(start, left);
    }
    refuseSecondRelation();
    return result;
  }

  private Expr is(Token start, Expr left) {
    int highest = height;
    String type = typeName();
    if (!tokens.takeWord("in")) {
      raise(start, highest);
      return new Expr.Is(left, type);
    }
    Expr ancestor = sum();
    raise(start, Math.max(highest, height) + 1);
    return new Expr.IsIn(left, type, ancestor);
  }

  private void refuseSecondRelation() {
    Token token = tokens.peek();
    if (token.isSign("=")) {
      throw tokens.lost(token, "`=` is not an operator", "write `==`");
    }
    if (relationSign(token).isPresent()
        || token.isWord("has")
        || token.isWord("like")
        || token.isWord("is")) {
      throw tokens.lost(
          token,
          "a second comparison, " + token.shown() + ", without brackets",
          "put one of the comparisons in brackets");
    }
  }

  private static Optional<Operator> relationSign(Token token) {
    boolean sign = token.kind() == Token.Kind.SIGN || token.isWord("in");
    return sign ? Operator.named(Operator.Kind.RELATION, token.text()) : Optional.empty();
  }

  private List<String> hasPath() {
    if (tokens.peek().kind() == Token.Kind.STRING) {
      return List.of(tokens.unescape(tokens.next()));
    }
    List<String> path = new ArrayList<>();
    do {
      path.add(attribute());
    } while (tokens.takeSign("."));
    return path;
  }

  private Expr sum() {
    Token start = tokens.peek();
    Expr left = product();
    int highest = height;
    while (tokens.peek().isSign("+") || tokens.peek().isSign("-")) {
      Operator operator = tokens.next().isSign("+") ? Operator.ADD : Operator.SUBTRACT;
      left = new Expr.Binary(operator, left, product());
      highest = raise(start, Math.max(highest, height));
    }
    height = highest;
    return left;
  }

  private Expr product() {
    Token start = tokens.peek();
    Expr left = unary();
    int highest = height;
    while (tokens.peek().isSign("*") || tokens.peek().isSign("/") || tokens.peek().isSign("%")) {
      Token sign = tokens.next();
      if (!sign.isSign("*")) {
        tokens.complain(sign, sign.shown() + " is not in the language", "only `*` `+` `-` are");
      }
      left = new Expr.Binary(Operator.MULTIPLY, left, unary());
      highest = raise(start, Math.max(highest, height));
    }
    height = highest;
    return left;
  }

  private Expr unary() {
    Token start = tokens.peek();
    String sign = start.isSign("!") ? "!" : "-";
    int count = 0;
    while (tokens.takeSign(sign)) {
      count++;
    }
    if (count > MOST_SIGNS) {
      tokens.complain(start, "more than four `" + sign + "` in a row", "leave out pairs of them");
      count = MOST_SIGNS;
    }
    if (count > 0 && sign.equals("-") && isBareNumber()) {
      height = 0;
      return negated(new Expr.Literal(Value.of(negativeNumber(tokens.next()))), count - 1);
    }
    Expr expr = member();
    if (sign.equals("-")) {
      return negated(expr, count);
    }
    for (int i = 0; i < count; i++) {
      expr = new Expr.Not(expr);
    }
    height += count;
    return expr;
  }

  private Expr negated(Expr expr, int times) {
    Expr result = expr;
    for (int i = 0; i < times; i++) {
      result = new Expr.Negate(result);
    }
    height += times;
    return result;
  }

  private boolean isBareNumber() {
    Token after = tokens.peekSecond();
    boolean accessed = after.isSign(".") || after.isSign("[") || after.isSign("(");
    return tokens.peek().kind() == Token.Kind.NUMBER && !accessed;
  }

  private long negativeNumber(Token number) {
    try {
      return Long.parseLong("-" + number.text());
    } catch (NumberFormatException tooLarge) {
      complainTooLarge(number);
      return 0;
    }
  }

  private void complainTooLarge(Token number) {
    tokens.complain(
        number,
        number.shown() + " is not a signed 64-bit integer",
        "the largest is " + Long.MAX_VALUE);
  }

  private Expr member() {
    Token start = tokens.peek();
    Expr expr = primary();
    int highest = height;
    while (true) {
      if (tokens.takeSign(".")) {
        Token name = tokens.expect(Token.Kind.IDENTIFIER, "an attribute or method");
        height = highest;
        expr = tokens.peek().isSign("(") ? method(expr, name) : new Expr.Get(expr, checked(name));
        highest = raise(start, Math.max(highest, height));
      } else if (tokens.takeSign("[")) {
        Token name = tokens.expect(Token.Kind.STRING, "an attribute such as `\"name\"`");
        tokens.expectSign("]");
        expr = new Expr.Get(expr, tokens.unescape(name));
        highest = raise(start, highest);
      } else if (tokens.peek().isSign("(")) {
        throw tokens.lost(
            tokens.peek(), "this cannot be called", "calls are `name(...)` or `value.name(...)`");
      } else {
        height = highest;
        return expr;
      }
    }
  }

  private Expr method(Expr receiver, Token name) {
    List<Expr> arguments = arguments();
    Optional<Operator> operator = Operator.named(Operator.Kind.METHOD, name.text());
    if (operator.isPresent()) {
      requireArguments(name, arguments, 1);
      return new Expr.Binary(operator.get(), receiver, arguments.getFirst());
    }
    if (name.text().equals("isEmpty")) {
      requireArguments(name, arguments, 0);
      return new Expr.IsEmpty(receiver);
    }
    Optional<Function> function = Function.named(name.text()).filter(Function::isMethod);
    if (function.isEmpty()) {
      throw tokens.lost(name, name.shown() + " is not a method", "see the list of methods");
    }
    List<Expr> all = new ArrayList<>();
    all.add(receiver);
    all.addAll(arguments);
    return new Expr.Call(function.get(), all);
  }

  private void requireArguments(Token name, List<Expr> arguments, int wanted) {
    if (arguments.size() != wanted) {
      throw tokens.lost(
          name,
          name.shown() + " takes " + wanted + " arguments, not " + arguments.size(),
          "give it " + wanted);
    }
  }

  private List<Expr> arguments() {
    tokens.expectSign("(");
    return list(")");
  }

  /** Expressions separated by commas up to the closing sign; sets the highest of their heights. */
  private List<Expr> list(String close) {
    List<Expr> items = new ArrayList<>();
    int highest = height;
    while (!tokens.takeSign(close)) {
      items.add(expr());
      highest = Math.max(highest, height);
      if (!tokens.peek().isSign(close)) {
        tokens.expectSign(",");
      }
    }
    height = highest;
    return items;
  }

  private Expr primary() {
    height = 0;
    Token token = tokens.peek();
    return switch (token.kind()) {
      case STRING -> new Expr.Literal(Value.of(tokens.unescape(tokens.next())));
      case NUMBER -> number(tokens.next());
      case SLOT -> {
        tokens.next();
        tokens.complain(token, "a slot in a condition", "slots stand in a template's head only");
        yield Expr.of(true);
      }
      case IDENTIFIER -> word();
      case SIGN -> bracketed();
      case END -> throw tokens.unexpected("an expression");
    };
  }

  private Expr number(Token token) {
    try {
      return Expr.of(Long.parseLong(token.text()));
    } catch (NumberFormatException tooLarge) {
      complainTooLarge(token);
      return Expr.of(0);
    }
  }

  private Expr bracketed() {
    Token start = tokens.peek();
    if (tokens.takeSign("(")) {
      Expr inner = expr();
      tokens.expectSign(")");
      return inner;
    }
    if (tokens.takeSign("[")) {
      List<Expr> items = list("]");
      raise(start, height);
      return new Expr.SetOf(items);
    }
    if (tokens.takeSign("{")) {
      return recordOf(start);
    }
    throw tokens.unexpected("an expression");
  }

  private Expr recordOf(Token start) {
    Map<String, Expr> fields = new LinkedHashMap<>();
    int highest = 0;
    while (!tokens.takeSign("}")) {
      Token name = tokens.peek();
      String key = name.kind() == Token.Kind.STRING ? tokens.unescape(tokens.next()) : attribute();
      tokens.expectSign(":");
      if (fields.put(key, expr()) != null) {
        tokens.complain(name, name.shown() + " is in this record twice", "keep one of them");
      }
      highest = Math.max(highest, height);
      if (!tokens.peek().isSign("}")) {
        tokens.expectSign(",");
      }
    }
    raise(start, highest);
    return new Expr.RecordOf(fields);
  }

  private Expr word() {
    if (tokens.takeWord("true")) {
      return Expr.of(true);
    }
    if (tokens.takeWord("false")) {
      return Expr.of(false);
    }
    Token start = tokens.next();
    if (tokens.peek().isSign("::")) {
      return qualified(start);
    }
    for (Expr.Variable variable : Expr.Variable.values()) {
      if (start.text().equals(variable.word())) {
        return new Expr.Var(variable);
      }
    }
    Optional<Function> function =
        Function.named(start.text()).filter(f -> !f.isMethod() && tokens.peek().isSign("("));
    if (function.isPresent()) {
      List<Expr> arguments = arguments();
      raise(start, height);
      return new Expr.Call(function.get(), arguments);
    }
    throw tokens.lost(
        start,
        start.shown() + " is neither a variable nor a function",
        "use `principal`, `action`, `resource` or `context`, or quote a text");
  }

  private Expr qualified(Token start) {
    StringBuilder type = new StringBuilder(start.text());
    while (tokens.takeSign("::")) {
      Token part = tokens.next();
      if (part.kind() == Token.Kind.STRING) {
        return Expr.of(EntityUid.checked(checkedType(start, type), tokens.unescape(part)));
      }
      if (part.kind() != Token.Kind.IDENTIFIER) {
        throw tokens.lost(part, "unexpected " + part.shown(), "expected an entity's quoted id");
      }
      type.append("::").append(part.text());
    }
    throw tokens.lost(start, "`" + type + "` is no value", "an entity is `Type::\"id\"`");
  }

  /** A reserved or malformed type becomes a complaint and a type that stands for it. */
  private String checkedType(Token start, CharSequence type) {
    if (Names.isTypeName(type.toString())) {
      return type.toString();
    }
    tokens.complain(start, "`" + type + "` holds a reserved word", "choose another name");
    return "Reserved";
  }

  /** An entity type: identifiers joined by {@code ::}. */
  String typeName() {
    Token start = tokens.expect(Token.Kind.IDENTIFIER, "an entity type");
    StringBuilder type = new StringBuilder(start.text());
    while (tokens.takeSign("::")) {
      type.append("::").append(tokens.expect(Token.Kind.IDENTIFIER, "an entity type").text());
    }
    return checkedType(start, type);
  }

  private String attribute() {
    return checked(tokens.expect(Token.Kind.IDENTIFIER, "an attribute"));
  }

  private String checked(Token name) {
    if (Names.isReserved(name.text())) {
      tokens.complain(name, name.shown() + " is a reserved word", "quote it: `[\"name\"]`");
    }
    return name.text();
  }

  private Pattern pattern(Token literal) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    String raw = literal.text();
    int at = 0;
    while (at < raw.length()) {
      if (raw.startsWith("\\*", at)) {
        piece.append('*');
        at += 2;
        continue;
      }
      Optional<Quoting.Step> step = Quoting.step(raw, at);
      if (step.isEmpty()) {
        tokens.badEscape(literal);
        return new Pattern(List.of(""));
      }
      // An escape that stands for an asterisk is a wildcard too, as in Cedar.
      if (step.get().codePoint() == '*') {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        piece.appendCodePoint(step.get().codePoint());
      }
      at = step.get().next();
    }
    pieces.add(piece.toString());
    return new Pattern(pieces);
  }

  /** Sets the height to one more than {@code below}; gives up when that is beyond the bounds. */
  private int raise(Token start, int below) {
    height = below + 1;
    if (height > bounds.height()) {
      throw tokens.lost(
          start,
          "this expression is higher than " + bounds.height(),
          "use a set for long alternatives or split the policy");
    }
    return height;
  }
}
