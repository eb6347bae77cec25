package dev.writ.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever strangers send is read or refused: no exception, no long wait. */
class RefusalTest {
  private static final Json.Bounds BOUNDS = new Json.Bounds(1 << 20, 32, 50_000, false);
  private static final long SECOND = 1_000_000_000L;
  private static int quickly;
  private static final String SCHEMA =
      """
      namespace N { type T = { a: Long, b?: Set<__cedar::String>, }; entity E in [U] = { t: T } tags T; }
      @doc("x") entity U, G enum ["a", "b"];
      action read, "w r" in [Action::"all"] appliesTo {
        principal: [U, N::E], resource: U, context: { ip: ipaddr, who: N::E } };
      action all;
      """;

  @Test
  void anyBytesAreReadOrRefused() {
    quickly = 0;
    fuzz(2026, 1_000);
    assertThat(quickly).isGreaterThan(100);
  }

  @Test
  @Tag("soak")
  void soak() {
    long seed = Long.getLong("writ.seed", System.nanoTime());
    long end = System.nanoTime() + Long.getLong("writ.soak.minutes", 1) * 60 * SECOND;
    System.out.println("policy refusals: -Dwrit.seed=" + seed);
    for (long round = seed; System.nanoTime() < end; round++) {
      fuzz(round, 1_000);
    }
  }

  private static void fuzz(long seed, int rounds) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Generator generator = new Generator(random);
    for (int i = 0; i < rounds; i++) {
      String policy = generator.broken(generator.broken(generator.rule(i % 3 == 0).text()));
      String schema = generator.broken(SCHEMA);
      byte[] json = query(generator);
      byte[] brokenJson =
          i % 2 == 0
              ? generator
                  .broken(new String(json, StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8)
              : flipped(json, random);
      long start = System.nanoTime();
      told(PolicySet.parse(policy), "seed " + seed + ": " + policy);
      told(Schema.parse(schema), "seed " + seed + ": " + schema);
      told(PolicyJson.query(json, Schema.EMPTY, BOUNDS), "seed " + seed);
      told(PolicyJson.query(brokenJson, Schema.EMPTY, BOUNDS), "seed " + seed);
      sameBothWays(json);
      sameBothWays(brokenJson);
      byte[] plain = plain(generator);
      assertThat(sameBothWays(plain)).as("seed " + seed).isTrue();
      quickly += sameBothWays(flipped(plain, random)) ? 1 : 0;
      String brokenPlain = generator.broken(new String(plain, StandardCharsets.UTF_8));
      quickly += sameBothWays(brokenPlain.getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
      told(PolicyJson.query(brokenJson, declared(), BOUNDS), "seed " + seed);
      assertThat(System.nanoTime() - start).as("seed " + seed).isLessThan(5 * SECOND);
    }
  }

  /** Where the quick reader does not give up it reads what the thorough one does. */
  private static boolean sameBothWays(byte[] json) {
    Optional<PolicyJson.Query> quick = QueryReader.read(json, BOUNDS);
    if (quick.isPresent()) {
      PolicyJson.Query thorough = PolicyJson.atLeisure(json, Schema.EMPTY, BOUNDS).orThrow();
      assertThat(quick.get().request()).isEqualTo(thorough.request());
      assertThat(quick.get().entities().all()).isEqualTo(thorough.entities().all());
    }
    return quick.isPresent();
  }

  /** A document that the quick reader takes: ASCII, no escapes, the plain forms. */
  private static byte[] plain(Generator generator) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("text", Value.of("t" + generator.below(9)));
    fields.put("count", Value.of(generator.below(1_000) - 500L));
    fields.put("flag", Value.of(generator.chance(50)));
    fields.put("owner", EntityUid.of("N::T", "o" + generator.below(3)));
    fields.put("from", new Value.Ip(false, 0, generator.below(1 << 30), 32));
    fields.put("price", new Value.Decimal(generator.below(99_999)));
    fields.put("span", new Value.Duration(generator.below(99_999)));
    fields.put("labels", Value.strings(List.of("a", "l" + generator.below(2))));
    fields.put("none", new Value.Rec(Map.of()));
    for (int i = generator.below(12); i > 0; i--) {
      fields.put("more" + i, Value.record(Map.of("n", Value.of(i))));
    }
    List<Json> entities = new ArrayList<>();
    for (int i = generator.below(4); i > 0; i--) {
      EntityUid parent = EntityUid.of("G", "g" + i);
      entities.add(
          PolicyJsonText.of(
              new Entity(EntityUid.of("U", "u" + i), fields, Set.of(parent), fields)));
    }
    return Json.object()
        .put("principal", PolicyJsonText.uid(EntityUid.of("U", "u1")))
        .put("action", PolicyJsonText.uid(EntityUid.of("Action", "read")))
        .put("resource", PolicyJsonText.of(EntityUid.of("R", "r")))
        .put("context", PolicyJsonText.of(new Value.Rec(fields)))
        .put("entities", Json.array(entities))
        .build()
        .pretty()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Schema declared() {
    return Schema.parse(SCHEMA).orThrow();
  }

  private static byte[] flipped(byte[] bytes, RandomGenerator random) {
    byte[] flipped = bytes.clone();
    flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
    return flipped;
  }

  static byte[] query(Generator generator) {
    Request request = generator.request();
    return Json.object()
        .put("principal", PolicyJsonText.uid(request.principal()))
        .put("action", PolicyJsonText.uid(request.action()))
        .put("resource", PolicyJsonText.uid(request.resource()))
        .put("context", PolicyJsonText.of(request.context()))
        .put("entities", PolicyJsonText.of(generator.entities()))
        .build()
        .pretty()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void told(Parsed<?> parsed, String where) {
    for (Problem problem : parsed.problems()) {
      assertThat(problem.what()).as(where).isNotBlank().doesNotContain("Exception");
      assertThat(problem.remedy()).as(where).isNotBlank();
    }
  }

  @Test
  void largeTextsAreReadInLinearTime() {
    String policy = "permit(principal, action, resource) when { context.a == \"x\" };\n";
    long start = System.nanoTime();
    assertThat(PolicySet.parse(policy.repeat(10_000)).orThrow().policies()).hasSize(10_000);
    assertThat(PolicySet.parse("\"".repeat(100_000)).found()).isEmpty();
    assertThat(PolicySet.parse("permit(".repeat(100_000)).found()).isEmpty();
    assertThat(PolicySet.parse("[{(".repeat(1 << 18)).found()).isEmpty();
    assertThat(System.nanoTime() - start).isLessThan(20 * SECOND);
  }

  @Test
  void entitiesAreRefusedWithEveryProblemAndItsPlace() {
    Parsed<PolicyJson.Query> refused =
        PolicyJson.query(
            """
            {"principal":{"type":"in","id":"a"},"action":{"type":"Action"},"extra":1,"resource":7}
            """
                .getBytes(StandardCharsets.UTF_8),
            Schema.EMPTY,
            BOUNDS);
    assertThat(places(refused)).containsExactly("", "principal", "action", "resource");
    Parsed<Entities> entities =
        PolicyJson.entities(
            Json.parse(
                    """
                    [{"uid":{"type":"U","id":"a"},"attrs":{"x":null,"y":[1.5,{"__extn":{"fn":"ip"}}],
                      "z":{"__entity":{"type":"A"}},"w":{"__expr":"1"}},"parents":[{}],"tags":[],"u":1},
                     {"attrs":{},"parents":[]}, 3]
                    """
                        .getBytes(StandardCharsets.UTF_8),
                    BOUNDS)
                .orThrow(),
            Schema.EMPTY);
    assertThat(places(entities))
        .containsExactly(
            "[0]",
            "[0].attrs.x",
            "[0].attrs.y[0]",
            "[0].attrs.y[1]",
            "[0].attrs.z",
            "[0].attrs.w",
            "[0].tags",
            "[0].parents[0]",
            "[1]",
            "[2]");
  }

  private static List<String> places(Parsed<?> parsed) {
    return parsed.problems().stream().map(Problem::place).toList();
  }

  @Test
  void setsOfCompositesAreBounded() {
    String items = "[1]" + ",[1]".repeat(PolicyJson.MOST_COMPOSITES - 1);
    assertThat(context("{\"s\":[" + items + "]}").found()).isPresent();
    assertThat(context("{\"s\":[" + items + ",[1]]}").problems().getFirst().what())
        .contains("more than 1000");
  }

  private static Parsed<Value.Rec> context(String json) {
    return PolicyJson.context(
        Json.parse(json.getBytes(StandardCharsets.UTF_8), BOUNDS).orThrow(),
        Schema.EMPTY,
        EntityUid.of("Action", "read"));
  }

  @Test
  void circlesAndContradictionsAreRefused() {
    EntityUid a = EntityUid.of("U", "a");
    EntityUid b = EntityUid.of("U", "b");
    Entity below = Entity.of(a, Map.of(), Set.of(b));
    assertThat(Entities.parse(List.of(below, Entity.of(b, Map.of(), Set.of(a)))).problems())
        .hasSize(2);
    assertThat(Entities.parse(List.of(below, Entity.bare(a))).found()).isEmpty();
    assertThat(Entities.parse(List.of(below, below)).found()).isPresent();
    assertThatThrownBy(() -> Entities.of(List.of(below, Entity.bare(a))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Entities.of(List.of(below)).isIn(a, b)).isTrue();
    assertThat(Entities.of(List.of(below)).isIn(b, a)).isFalse();
  }

  @Test
  void schemasAreRefusedWithEveryProblem() {
    Parsed<Schema> refused =
        Schema.parse(
            """
            entity U = { a: Nope, b: Long, b: Long };
            entity U;
            type A = { b: B }; type B = Set<A>;
            action x in [y] appliesTo { principal: U, resource U };
            action z in [nope];
            """);
    assertThat(refused.problems().stream().map(Problem::what).toList().toString())
        .contains("`Nope` is not declared")
        .contains("twice")
        .contains("`Action::\"nope\"` is not declared")
        .contains("unexpected `U`");
    assertThat(Schema.parse("entity U = { a: A }; type A = { b: B }; type B = Set<A>;").problems())
        .isNotEmpty();
    assertThat(Schema.parse("namespace N { entity U;").problems()).isNotEmpty();
  }

  @Test
  void aForbidCarriesOnlyWhatWritReads() {
    assertThat(checked("@id(\"x\") @requires(\"approval:owner\") @reason(\"r\") forbid")).isEmpty();
    assertThat(checked("@require(\"approval:owner\") forbid")).hasSize(1);
    assertThat(checked("@ask forbid")).hasSize(1);
    assertThat(checked("@anything @goes(\"here\") permit")).isEmpty();
  }

  private static List<Problem> checked(String start) {
    return Annotations.check(PolicySet.parse(start + "(principal, action, resource);").orThrow())
        .problems();
  }
}
