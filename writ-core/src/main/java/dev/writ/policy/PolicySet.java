package dev.writ.policy;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Policies and templates in order, under ids that are unique across both. Linking a template adds a
 * policy.
 */
public record PolicySet(List<Policy> policies, List<Template> templates) {
  /** The set without policies: it denies everything. */
  public static final PolicySet EMPTY = new PolicySet(List.of(), List.of());

  public PolicySet {
    policies = List.copyOf(policies);
    templates = List.copyOf(templates);
    Set<String> ids = new HashSet<>();
    policies.forEach(p -> requireNew(ids, p.id()));
    templates.forEach(t -> requireNew(ids, t.id()));
  }

  /** These policies under their own ids. */
  public static PolicySet of(List<Policy> policies) {
    return new PolicySet(policies, List.of());
  }

  /**
   * Reads policies and templates; the n-th in the text, from zero, is {@code policyN}. Refused with
   * every syntax error, each with line and column, or when beyond {@link PolicyBounds#STANDARD}.
   */
  public static Parsed<PolicySet> parse(String text) {
    return PolicyParser.policies(text, PolicyBounds.STANDARD);
  }

  /** Reads policies and templates within other bounds. */
  public static Parsed<PolicySet> parse(String text, PolicyBounds bounds) {
    return PolicyParser.policies(text, bounds);
  }

  public Optional<Policy> policy(String id) {
    return policies.stream().filter(p -> p.id().equals(id)).findFirst();
  }

  public Optional<Template> template(String id) {
    return templates.stream().filter(t -> t.id().equals(id)).findFirst();
  }

  /** This set and one more policy; throws when its id is taken. */
  public PolicySet plus(Policy policy) {
    List<Policy> more = new ArrayList<>(policies);
    more.add(policy);
    return new PolicySet(more, templates);
  }

  /** This set, then the other; throws when an id is in both. */
  public PolicySet plus(PolicySet other) {
    List<Policy> morePolicies = new ArrayList<>(policies);
    morePolicies.addAll(other.policies);
    List<Template> moreTemplates = new ArrayList<>(templates);
    moreTemplates.addAll(other.templates);
    return new PolicySet(morePolicies, moreTemplates);
  }

  /** This set with the policy that links a template; throws when ids or slots do not fit. */
  public PolicySet link(String templateId, String linkId, Map<Slot, EntityUid> values) {
    Template template =
        template(templateId)
            .orElseThrow(() -> new IllegalArgumentException("no template `" + templateId + "`"));
    return plus(template.link(linkId, values));
  }

  /** Every policy, then every template, as Cedar writes them. */
  public String text() {
    return Printer.print(this);
  }

  /**
   * The stored form: ids and canonical texts, policies then templates in order. Layout and comments
   * of a parsed text do not count; ids and order do.
   */
  public Json.Obj stored() {
    List<Json> entries = new ArrayList<>();
    policies.forEach(p -> entries.add(Json.array(List.of(Json.of(p.id()), Json.of(p.text())))));
    List<Json> open = new ArrayList<>();
    templates.forEach(t -> open.add(Json.array(List.of(Json.of(t.id()), Json.of(t.text())))));
    return Json.object()
        .put("policies", Json.array(entries))
        .put("templates", Json.array(open))
        .build();
  }

  /** Reads what {@link #stored} gives. */
  public static Parsed<PolicySet> parseStored(Json json) {
    if (!(json instanceof Json.Obj obj)
        || obj.members().size() != 2
        || obj.array("policies").isEmpty()
        || obj.array("templates").isEmpty()) {
      return Parsed.refused("", "not a stored policy set", "send what was stored");
    }
    List<Policy> policies = new ArrayList<>();
    List<Template> templates = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Json pair : obj.array("policies").get()) {
      storedOne(pair, false, problems)
          .ifPresent(p -> policies.add(new Policy(p.id(), p.set().policies().getFirst().rule())));
    }
    for (Json pair : obj.array("templates").get()) {
      storedOne(pair, true, problems)
          .ifPresent(
              t -> templates.add(new Template(t.id(), t.set().templates().getFirst().rule())));
    }
    return problems.isEmpty()
        ? Parsed.ok(new PolicySet(policies, templates))
        : Parsed.refused(problems);
  }

  /** One stored text under its id; it holds one policy or one template. */
  private record StoredOne(String id, PolicySet set) {}

  private static Optional<StoredOne> storedOne(
      Json pair, boolean template, List<Problem> problems) {
    if (pair instanceof Json.Arr(List<Json> items)
        && items.size() == 2
        && items.get(0) instanceof Json.Str(String id)
        && items.get(1) instanceof Json.Str(String text)) {
      Parsed<PolicySet> one = parse(text);
      problems.addAll(one.problems());
      if (one instanceof Parsed.Ok<PolicySet>(PolicySet set)
          && set.policies().size() == (template ? 0 : 1)
          && set.templates().size() == (template ? 1 : 0)) {
        return Optional.of(new StoredOne(id, set));
      }
    }
    problems.add(new Problem("", "not an id with a text", "send what was stored"));
    return Optional.empty();
  }

  /** The content hash: SHA-256 of the stored form's canonical bytes. */
  public Digest digest() {
    return stored().digest();
  }

  private static void requireNew(Set<String> ids, String id) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException("two policies have the id `" + id + "`");
    }
  }
}
