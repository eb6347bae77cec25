package dev.writ.policy;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
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
   * The content hash: SHA-256 over the canonical JSON of ids and canonical texts, policies then
   * templates in order. Layout and comments of a parsed text do not count; ids and order do.
   */
  public Digest digest() {
    List<Json> entries = new ArrayList<>();
    policies.forEach(p -> entries.add(Json.array(List.of(Json.of(p.id()), Json.of(p.text())))));
    List<Json> open = new ArrayList<>();
    templates.forEach(t -> open.add(Json.array(List.of(Json.of(t.id()), Json.of(t.text())))));
    return Json.object()
        .put("policies", Json.array(entries))
        .put("templates", Json.array(open))
        .build()
        .digest();
  }

  private static void requireNew(Set<String> ids, String id) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException("two policies have the id `" + id + "`");
    }
  }
}
