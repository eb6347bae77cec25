package dev.writ.fact;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Id;
import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.TaskId;
import dev.writ.base.WorkflowId;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.Targets;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Facts of every type from a seed. Records are filled by the types of their components, so a new
 * type of fact is met by itself, and a component of a type that is unknown here fails the test.
 */
public final class FactSamples {
  private static final List<String> TEXTS =
      List.of(
          "plain",
          "",
          "with \"quotes\" and \\ and /",
          "controls \b\f\n\r\t\u0001\u001f\u007f",
          "ünïcode, 数, and \ud83d\ude80",
          "\u2028\u2029\ufeff",
          "https://writ.example/a?b=c&d#e",
          "x".repeat(300));

  private final SplittableRandom random;

  public FactSamples(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Every type of fact, in the order of the source. */
  public static List<Class<? extends Fact>> types() {
    List<Class<? extends Fact>> types = new ArrayList<>();
    for (Class<?> type : Fact.class.getPermittedSubclasses()) {
      types.add(type.asSubclass(Fact.class));
    }
    return types;
  }

  /** A fact of this type. */
  public <F extends Fact> F fact(Class<F> type) {
    return type.cast(sample(type));
  }

  /** A recorded fact of this type, its envelope filled as variously. */
  public RecordedFact recorded(Class<? extends Fact> type) {
    Actor by =
        switch (random.nextInt(3)) {
          case 0 -> new Actor.Person("person-" + random.nextInt(100));
          case 1 -> new Actor.Workload("spiffe://writ.example/" + random.nextInt(100));
          default -> new Actor.Node(NodeId.fresh(entropy()));
        };
    About about = about();
    FactDraft draft = FactDraft.of(by, about, fact(type));
    if (random.nextBoolean()) {
      draft = draft.under(new CommandKey(digest(), digest(), instant()));
    }
    Previous previous = new Previous(maybeLink(), maybeLink());
    return new RecordedFact(random.nextLong(1L << 50), instant(), previous, draft);
  }

  private About about() {
    About about =
        random.nextBoolean() ? About.ledger() : About.workflow(WorkflowId.fresh(entropy()));
    if (about.workflow().isPresent() && random.nextBoolean()) {
      about = about.task(TaskId.fresh(entropy()));
    }
    return random.nextBoolean() ? about.dossier(digest()).policies(digest()) : about;
  }

  private Optional<Link> maybeLink() {
    return random.nextBoolean()
        ? Optional.of(new Link(random.nextLong(1L << 50), digest()))
        : Optional.empty();
  }

  private Entropy entropy() {
    return random::nextBytes;
  }

  private Digest digest() {
    return Digest.sha256(entropy().bytes(8));
  }

  private Instant instant() {
    long micros = random.nextLong(4_000_000_000_000_000L);
    return Instant.EPOCH.plusNanos(Math.multiplyExact(micros / 3 * 3, 1_000L));
  }

  private Object sample(Type type) {
    if (type instanceof ParameterizedType of) {
      return container(of);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    if (plain == long.class || plain == Long.class) {
      return random.nextInt(4) == 0 ? Json.MAX_SAFE_INTEGER : random.nextLong(1L << 40);
    }
    if (plain == int.class) {
      return random.nextInt(Integer.MAX_VALUE);
    }
    if (plain == boolean.class) {
      return random.nextBoolean();
    }
    if (plain == Instant.class) {
      return instant();
    }
    if (plain == Duration.class) {
      return Duration.ofMillis(random.nextLong(1L << 40));
    }
    if (plain == Digest.class) {
      return digest();
    }
    if (plain == Scope.class) {
      return scope();
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
    }
    if (Id.class.isAssignableFrom(plain)) {
      return fresh(plain);
    }
    if (plain.isRecord()) {
      return record(plain);
    }
    throw new AssertionError("no sample for " + type + ": teach FactSamples to make one");
  }

  private Object container(ParameterizedType type) {
    Type inner = type.getActualTypeArguments()[0];
    if (type.getRawType() == Optional.class) {
      return random.nextBoolean() ? Optional.of(sample(inner)) : Optional.empty();
    }
    if (type.getRawType() == List.class) {
      List<Object> items = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        items.add(sample(inner));
      }
      return items;
    }
    if (type.getRawType() == NavigableMap.class) {
      NavigableMap<Object, Object> map = new TreeMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        map.put(sample(inner), sample(type.getActualTypeArguments()[1]));
      }
      return map;
    }
    throw new AssertionError("no sample for " + type + ": teach FactSamples to make one");
  }

  private Object fresh(Class<?> id) {
    try {
      Method fresh = id.getMethod("fresh", Entropy.class);
      return fresh.invoke(null, entropy());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no sample can be made", e);
    }
  }

  private Object record(Class<?> type) {
    RecordComponent[] parts = type.getRecordComponents();
    Class<?>[] types = new Class<?>[parts.length];
    Object[] values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      types[i] = parts[i].getType();
      values[i] = sample(parts[i].getGenericType());
    }
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      return canonical.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no sample can be made", e);
    }
  }

  private Scope scope() {
    List<Permission> permissions = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      TreeMap<String, Long> limits = new TreeMap<>();
      if (random.nextBoolean()) {
        limits.put("calls", random.nextLong(1_000));
      }
      Targets targets = new Targets.Any();
      if (random.nextBoolean()) {
        targets =
            new Targets.Listed(
                new TreeMap<>(
                    java.util.Map.of("supplier", new TreeSet<>(List.of("sup-1", "sup-2")))));
      }
      permissions.add(
          new Permission(
              new TreeSet<>(List.of("read", "write")),
              "db/" + random.nextInt(9),
              "staging",
              targets,
              limits));
    }
    return new Scope(permissions);
  }
}
