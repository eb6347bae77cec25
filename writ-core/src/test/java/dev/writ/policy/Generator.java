package dev.writ.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Seeded policies, entities and requests over a small vocabulary, so that things often meet. */
final class Generator {
  private static final List<String> TYPES = List.of("U", "G", "R", "N::T");
  private static final List<String> IDS = List.of("a", "b", "c", "d", "é \"q\"");
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "odd key", "");
  private static final List<String> TEXTS =
      List.of("", "a", "ab", "a*b", "k", "x\\y", "é\u202e", "\uD83D\uDE00\n", "1.5");
  private static final List<Long> LONGS =
      List.of(0L, 1L, -1L, 2L, 3L, 10L, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE);
  private static final List<String> DECIMALS =
      List.of(
          "0.0", "1.5", "-1.5", "922337203685477.5807", "-922337203685477.5808", "1", "1.23456");
  private static final List<String> IPS =
      List.of(
          "127.0.0.1",
          "10.0.0.0/8",
          "10.1.2.3",
          "224.0.0.1",
          "::1",
          "ff00::/8",
          "2001:db8::/32",
          "2001:db8::1",
          "0.0.0.0/0",
          "1.2.3",
          "::1/129",
          "1:2:3:4:5:6:7:8");
  private static final List<String> DATES =
      List.of(
          "1970-01-01",
          "2024-02-29",
          "2024-10-15T11:38:02.101-1134",
          "1969-12-31T23:59:59Z",
          "0000-01-01",
          "9999-12-31T23:59:59.999Z",
          "2024-02-30",
          "2024-01-01T00:00:60Z");
  private static final List<String> SPANS =
      List.of(
          "0ms",
          "1d2h3m4s5ms",
          "-1h",
          "9223372036854775807ms",
          "-9223372036854775808ms",
          "1h1h",
          "90m",
          "3s");

  /** The type an expression should have. */
  enum Kind {
    BOOL,
    LONG,
    TEXT,
    ENTITY,
    SET,
    RECORD,
    DECIMAL,
    IP,
    DATETIME,
    DURATION
  }

  private final RandomGenerator random;

  Generator(RandomGenerator random) {
    this.random = random;
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  EntityUid uid() {
    return EntityUid.of(pick(TYPES), pick(IDS));
  }

  EntityUid action() {
    return EntityUid.of(chance(90) ? "Action" : "N::Action", pick(List.of("v", "w", "x")));
  }

  // --- Policies -----------------------------------------------------------------------------

  PolicySet policies() {
    List<Policy> policies = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      policies.add(new Policy("policy" + i, rule(false)));
    }
    PolicySet set = PolicySet.of(policies);
    int links = random.nextInt(3);
    for (int i = 0; i < links; i++) {
      Template template = new Template("t" + i, rule(true));
      set = set.plus(new PolicySet(List.of(), List.of(template)));
      Map<Slot, EntityUid> values = new LinkedHashMap<>();
      template.rule().slots().forEach(slot -> values.put(slot, uid()));
      set = set.link("t" + i, "l" + i, values);
    }
    return set;
  }

  Rule rule(boolean open) {
    Rule rule =
        Rule.of(chance(60) ? Effect.PERMIT : Effect.FORBID)
            .principal(scope(open ? Slot.PRINCIPAL : null))
            .action(actionScope())
            .resource(scope(open && chance(50) ? Slot.RESOURCE : null));
    if (chance(30)) {
      rule = rule.annotated("id", pick(TEXTS)).annotated("if", "x");
    }
    int conditions = random.nextInt(3);
    for (int i = 0; i < conditions; i++) {
      Expr expr = expr(Kind.BOOL, 4);
      rule = chance(70) ? rule.when(expr) : rule.unless(expr);
    }
    return rule;
  }

  private Scope scope(@org.jspecify.annotations.Nullable Slot slot) {
    Scope.EntityTarget target = slot == null ? new Scope.Named(uid()) : new Scope.Open(slot);
    int kind = random.nextInt(slot == null ? 8 : 3);
    return switch (kind) {
      case 0 -> new Scope.Is(target);
      case 1 -> new Scope.In(target);
      case 2 -> new Scope.OfTypeIn(pick(TYPES), target);
      case 3 -> Scope.ofType(pick(TYPES));
      default -> Scope.any();
    };
  }

  private Scope actionScope() {
    return switch (random.nextInt(6)) {
      case 0 -> Scope.is(action());
      case 1 -> Scope.in(action());
      case 2 -> Scope.inAny(List.of(action(), action()));
      case 3 -> chance(20) ? Scope.inAny(List.of()) : Scope.inAny(List.of(action()));
      default -> Scope.any();
    };
  }

  // --- Expressions --------------------------------------------------------------------------

  Expr expr(Kind wanted, int depth) {
    Kind kind = chance(6) ? pick(List.of(Kind.values())) : wanted;
    if (depth <= 0) {
      return leaf(kind);
    }
    if (chance(25)) {
      return stored(kind, depth);
    }
    if (chance(6)) {
      return new Expr.If(expr(Kind.BOOL, depth - 1), expr(kind, depth - 1), expr(kind, depth - 1));
    }
    return switch (kind) {
      case BOOL -> bool(depth - 1);
      case LONG -> integer(depth - 1);
      case TEXT -> chance(50) ? stored(kind, depth) : leaf(kind);
      case ENTITY -> leaf(kind);
      case SET -> new Expr.SetOf(exprs(depth - 1));
      case RECORD -> recordOf(depth - 1);
      case DECIMAL, IP -> leaf(kind);
      case DATETIME ->
          switch (random.nextInt(3)) {
            case 0 -> two(Function.OFFSET, Kind.DATETIME, Kind.DURATION, depth);
            case 1 -> one(Function.TO_DATE, Kind.DATETIME, depth);
            default -> leaf(kind);
          };
      case DURATION ->
          switch (random.nextInt(3)) {
            case 0 -> two(Function.DURATION_SINCE, Kind.DATETIME, Kind.DATETIME, depth);
            case 1 -> one(Function.TO_TIME, Kind.DATETIME, depth);
            default -> leaf(kind);
          };
    };
  }

  private Expr one(Function function, Kind of, int depth) {
    return Expr.call(function, expr(of, depth - 1));
  }

  private Expr two(Function function, Kind left, Kind right, int depth) {
    return Expr.call(function, expr(left, depth - 1), expr(right, depth - 1));
  }

  private List<Expr> exprs(int depth) {
    List<Expr> exprs = new ArrayList<>();
    Kind kind = pick(List.of(Kind.LONG, Kind.TEXT, Kind.ENTITY, Kind.DECIMAL, Kind.RECORD));
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      exprs.add(expr(kind, depth - 1));
    }
    return exprs;
  }

  private Expr recordOf(int depth) {
    Map<String, Expr> fields = new LinkedHashMap<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      fields.put(pick(NAMES), expr(pick(List.of(Kind.values())), depth - 1));
    }
    return new Expr.RecordOf(fields);
  }

  private Expr integer(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> expr(Kind.LONG, depth).op(Operator.ADD, expr(Kind.LONG, depth));
      case 1 -> expr(Kind.LONG, depth).op(Operator.SUBTRACT, expr(Kind.LONG, depth));
      case 2 -> expr(Kind.LONG, depth).op(Operator.MULTIPLY, expr(Kind.LONG, depth));
      case 3 -> new Expr.Negate(expr(Kind.LONG, depth));
      case 4 ->
          one(
              pick(List.of(Function.TO_MILLISECONDS, Function.TO_SECONDS, Function.TO_DAYS)),
              Kind.DURATION,
              depth);
      default -> leaf(Kind.LONG);
    };
  }

  private Expr bool(int depth) {
    Kind any = pick(List.of(Kind.values()));
    return switch (random.nextInt(20)) {
      case 0, 1 -> expr(Kind.BOOL, depth).and(expr(Kind.BOOL, depth));
      case 2, 3 -> expr(Kind.BOOL, depth).or(expr(Kind.BOOL, depth));
      case 4 -> expr(Kind.BOOL, depth).not();
      case 5 -> expr(any, depth).op(Operator.EQUAL, expr(any, depth));
      case 6 -> expr(any, depth).op(Operator.NOT_EQUAL, expr(any, depth));
      case 7 -> order(depth);
      case 8, 9 -> expr(Kind.ENTITY, depth).op(Operator.IN, among(depth));
      case 10 -> expr(Kind.SET, depth).contains(expr(any, depth));
      case 11 ->
          expr(Kind.SET, depth)
              .op(
                  pick(List.of(Operator.CONTAINS_ALL, Operator.CONTAINS_ANY)),
                  expr(Kind.SET, depth));
      case 12 -> new Expr.IsEmpty(expr(Kind.SET, depth));
      case 13 ->
          chance(40)
              ? expr(Kind.ENTITY, depth).op(Operator.HAS_TAG, expr(Kind.TEXT, depth))
              : leaf(Kind.ENTITY)
                  .op(Operator.GET_TAG, Expr.of(pick(TEXTS.subList(0, 3))))
                  .op(Operator.EQUAL, expr(Kind.TEXT, depth));
      case 14 -> new Expr.Like(expr(Kind.TEXT, depth), pattern());
      case 15 -> new Expr.Is(expr(Kind.ENTITY, depth), pick(TYPES));
      case 16 -> new Expr.IsIn(expr(Kind.ENTITY, depth), pick(TYPES), among(depth));
      case 17 -> has(depth);
      case 18 -> extensionTest(depth);
      default -> leaf(Kind.BOOL);
    };
  }

  private Expr order(int depth) {
    Operator operator =
        pick(
            List.of(
                Operator.LESS,
                Operator.LESS_OR_EQUAL,
                Operator.GREATER,
                Operator.GREATER_OR_EQUAL));
    Kind kind = pick(List.of(Kind.LONG, Kind.LONG, Kind.DATETIME, Kind.DURATION, Kind.DECIMAL));
    return expr(kind, depth).op(operator, expr(kind, depth));
  }

  private Expr among(int depth) {
    if (chance(50)) {
      return expr(Kind.ENTITY, depth);
    }
    List<Expr> items = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      items.add(expr(Kind.ENTITY, depth - 1));
    }
    return new Expr.SetOf(items);
  }

  private Expr has(int depth) {
    Expr of = expr(chance(50) ? Kind.ENTITY : Kind.RECORD, depth);
    return chance(50) ? of.has(pick(NAMES)) : of.has(pick(NAMES.subList(0, 4)), "a", "b");
  }

  private Expr extensionTest(int depth) {
    return switch (random.nextInt(4)) {
      case 0 ->
          two(
              pick(
                  List.of(
                      Function.LESS_THAN,
                      Function.LESS_THAN_OR_EQUAL,
                      Function.GREATER_THAN,
                      Function.GREATER_THAN_OR_EQUAL)),
              Kind.DECIMAL,
              Kind.DECIMAL,
              depth);
      case 1 -> two(Function.IS_IN_RANGE, Kind.IP, Kind.IP, depth);
      case 2 ->
          one(
              pick(
                  List.of(
                      Function.IS_IPV4,
                      Function.IS_IPV6,
                      Function.IS_LOOPBACK,
                      Function.IS_MULTICAST)),
              Kind.IP,
              depth);
      default -> new Expr.Call(pick(List.of(Function.values())), callArguments(depth));
    };
  }

  private List<Expr> callArguments(int depth) {
    List<Expr> arguments = new ArrayList<>(List.of(expr(pick(List.of(Kind.values())), depth - 1)));
    int more = random.nextInt(3);
    for (int i = 1; i < more; i++) {
      arguments.add(leaf(pick(List.of(Kind.values()))));
    }
    return arguments;
  }

  private Pattern pattern() {
    List<String> pieces = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      pieces.add(pick(TEXTS));
    }
    return new Pattern(pieces);
  }

  /** A value that stands in the request or the entities. */
  private Expr stored(Kind kind, int depth) {
    Expr of =
        switch (random.nextInt(5)) {
          case 0, 1 -> Expr.context();
          case 2 -> Expr.principal();
          case 3 -> Expr.resource();
          default -> expr(chance(50) ? Kind.ENTITY : Kind.RECORD, depth - 1);
        };
    return switch (kind) {
      case TEXT ->
          chance(50)
              ? leaf(Kind.ENTITY).op(Operator.GET_TAG, Expr.of(pick(TEXTS.subList(0, 3))))
              : of.get(pick(NAMES));
      case BOOL, LONG, ENTITY, SET, RECORD, DECIMAL, IP, DATETIME, DURATION -> of.get(pick(NAMES));
    };
  }

  private Expr leaf(Kind kind) {
    return switch (kind) {
      case BOOL -> Expr.of(chance(60));
      case LONG -> Expr.of(pick(LONGS));
      case TEXT -> Expr.of(pick(TEXTS));
      case ENTITY ->
          switch (random.nextInt(5)) {
            case 0 -> Expr.principal();
            case 1 -> Expr.resource();
            case 2 -> Expr.action();
            default -> Expr.of(uid());
          };
      case SET -> Expr.setOf(List.of(Value.of(pick(LONGS)), Value.of(pick(TEXTS))));
      case RECORD -> chance(50) ? Expr.context() : new Expr.RecordOf(Map.of());
      case DECIMAL -> Expr.call(Function.DECIMAL, Expr.of(pick(DECIMALS)));
      case IP -> Expr.call(Function.IP, Expr.of(pick(IPS)));
      case DATETIME -> Expr.call(Function.DATETIME, Expr.of(pick(DATES)));
      case DURATION -> Expr.call(Function.DURATION, Expr.of(pick(SPANS)));
    };
  }

  // --- Data ---------------------------------------------------------------------------------

  Entities entities() {
    Map<EntityUid, Entity> entities = new LinkedHashMap<>();
    List<EntityUid> order = new ArrayList<>();
    int count = random.nextInt(16);
    for (int i = 0; i < count; i++) {
      EntityUid uid = chance(85) ? uid() : action();
      if (entities.containsKey(uid)) {
        continue;
      }
      Set<EntityUid> parents = new LinkedHashSet<>();
      boolean isAction = Rule.isActionType(uid.type());
      for (EntityUid earlier : order) {
        if (chance(30) && (!isAction || Rule.isActionType(earlier.type()))) {
          parents.add(earlier);
        }
      }
      // An entity that stays unknown may be a parent too; a circle must not arise.
      EntityUid unknown = EntityUid.of("G", "unknown");
      if (!isAction && chance(20)) {
        parents.add(unknown);
      }
      Map<String, Value> attributes = isAction ? Map.of() : fields(2);
      Map<String, Value> tags = isAction || chance(50) ? Map.of() : tags();
      entities.put(uid, new Entity(uid, attributes, parents, tags));
      order.add(uid);
    }
    return Entities.of(entities.values());
  }

  Request request() {
    return new Request(uid(), action(), uid(), new Value.Rec(fields(2)));
  }

  private Map<String, Value> tags() {
    Map<String, Value> tags = new LinkedHashMap<>();
    tags.put(pick(TEXTS.subList(0, 3)), Value.of(pick(TEXTS)));
    tags.put(pick(TEXTS), value(1));
    return tags;
  }

  private Map<String, Value> fields(int depth) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (chance(70)) {
        fields.put(name, value(depth));
      }
    }
    return fields;
  }

  private Value value(int depth) {
    int kind = random.nextInt(depth > 0 ? 11 : 8);
    return switch (kind) {
      case 0 -> Value.of(chance(50));
      case 1 -> Value.of(pick(LONGS));
      case 2 -> Value.of(pick(TEXTS));
      case 3 -> uid();
      case 4 -> Extensions.decimal(pick(DECIMALS.subList(0, 5))).orElseThrow();
      case 5 -> Extensions.ip(pick(IPS.subList(0, 9))).orElseThrow();
      case 6 -> Extensions.datetime(pick(DATES.subList(0, 6))).orElseThrow();
      case 7 -> Extensions.duration(pick(SPANS.subList(0, 5))).orElseThrow();
      case 8 -> new Value.Rec(fields(depth - 1));
      default -> {
        List<Value> items = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
          items.add(value(depth - 1));
        }
        yield Value.setOf(items);
      }
    };
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** The text with a few characters or words taken out, put in, doubled or swapped. */
  String broken(String text) {
    return Breakage.of(text, this);
  }
}
