package dev.writ.policy;

import dev.writ.base.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a policy or template says, without its id.
 *
 * @param annotations names and values in the order written; {@code @name} alone has an empty value
 * @param principal never {@link Scope.InAny}; its slot is {@link Slot#PRINCIPAL}
 * @param action any entity, one, below one, or below several, all of type {@code Action}
 * @param resource never {@link Scope.InAny}; its slot is {@link Slot#RESOURCE}
 * @param conditions all of them must hold
 */
public record Rule(
    Map<String, String> annotations,
    Effect effect,
    Scope principal,
    Scope action,
    Scope resource,
    List<Condition> conditions) {

  public Rule {
    Objects.requireNonNull(effect);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    conditions = List.copyOf(conditions);
    require(annotations.keySet().stream().allMatch(Names::isIdentifier), "annotation names");
    require(!(principal instanceof Scope.InAny), "the principal's scope");
    require(!(resource instanceof Scope.InAny), "the resource's scope");
    require(principal.slot().stream().allMatch(s -> s == Slot.PRINCIPAL), "the principal's slot");
    require(resource.slot().stream().allMatch(s -> s == Slot.RESOURCE), "the resource's slot");
    require(isActionScope(action), "the action's scope");
  }

  /** A rule about every request: {@code effect(principal, action, resource);}. */
  public static Rule of(Effect effect) {
    return new Rule(Map.of(), effect, Scope.any(), Scope.any(), Scope.any(), List.of());
  }

  /** The same with one more annotation, or another value for it. */
  public Rule annotated(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(annotations);
    more.put(name, value);
    return new Rule(more, effect, principal, action, resource, conditions);
  }

  /** The same for these principals. */
  public Rule principal(Scope scope) {
    return new Rule(annotations, effect, scope, action, resource, conditions);
  }

  /** The same for these actions. */
  public Rule action(Scope scope) {
    return new Rule(annotations, effect, principal, scope, resource, conditions);
  }

  /** The same for these resources. */
  public Rule resource(Scope scope) {
    return new Rule(annotations, effect, principal, action, scope, conditions);
  }

  /** The same with one more {@code when}. */
  public Rule when(Expr condition) {
    return plus(new Condition(true, condition));
  }

  /** The same with one more {@code unless}. */
  public Rule unless(Expr condition) {
    return plus(new Condition(false, condition));
  }

  private Rule plus(Condition condition) {
    List<Condition> more = new java.util.ArrayList<>(conditions);
    more.add(condition);
    return new Rule(annotations, effect, principal, action, resource, more);
  }

  /** The annotation's value; empty text for {@code @name} alone. */
  public Optional<String> annotation(String name) {
    return Optional.ofNullable(annotations.get(name));
  }

  /** The slots that are open, principal first. */
  public List<Slot> slots() {
    return java.util.stream.Stream.of(principal.slot(), resource.slot())
        .flatMap(Optional::stream)
        .toList();
  }

  /** The rule as Cedar writes it. */
  public String text() {
    return Printer.print(this);
  }

  /** Whether an entity type is that of actions. */
  static boolean isActionType(String type) {
    return Names.basename(type).equals("Action");
  }

  private static boolean isActionScope(Scope scope) {
    return switch (scope) {
      case Scope.Any any -> true;
      case Scope.Is(Scope.Named(EntityUid uid)) -> isActionType(uid.type());
      case Scope.In(Scope.Named(EntityUid uid)) -> isActionType(uid.type());
      case Scope.InAny(List<EntityUid> uids) ->
          uids.stream().allMatch(uid -> isActionType(uid.type()));
      case Scope.Is open -> false;
      case Scope.In open -> false;
      case Scope.OfType type -> false;
      case Scope.OfTypeIn type -> false;
    };
  }

  private static void require(boolean fine, String what) {
    if (!fine) {
      throw new IllegalArgumentException("not allowed in a policy: " + Text.excerpt(what));
    }
  }
}
