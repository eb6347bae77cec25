package dev.writ.cli;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Resource;
import dev.writ.catalogue.Template;
import java.util.List;
import java.util.Optional;

/**
 * An empty spec with every part explained. What a catalogue's template says for every spec is
 * filled in when there is one; nothing else is, and the reader of specs names what is missing.
 */
final class SpecTemplate {
  private static final int COMMENTS = 27;

  private final StringBuilder text = new StringBuilder();
  private final Optional<Template> template;

  private SpecTemplate(Optional<Template> template) {
    this.template = template;
  }

  /** With a line to fill in for each of these resources, or one for any. */
  static String text(Optional<Catalogue> catalogue, List<Resource> resources) {
    SpecTemplate out = new SpecTemplate(catalogue.map(Catalogue::template));
    out.head();
    if (resources.isEmpty()) {
      out.grant("", "actions of the resource's own", "where", "{DIMENSION: [ID, ...]}, or any");
    }
    resources.forEach(out::grant);
    out.foot();
    return out.text.toString();
  }

  private void head() {
    text.append("# What one workflow may do. Fill in what stands empty, or take it out, then\n");
    text.append("# `writ spec check FILE` and `writ spec submit FILE`.\n");
    line("kind: Workflow", "");
    line("name:", "lower-case letters, digits and hyphens");
    line("purpose:", "what it is for, in your words");
    line("process:", "or the id of a business process; one of the two");
    line("owners:", "");
    line("  product:", "the person who answers for what it does");
    line(
        "  identity:" + said(template.flatMap(Template::identityOwner)),
        "for its identity: a person or team");
    line(
        "  security:" + said(template.flatMap(Template::securityOwner)),
        "for its containment: a person or team");
    line(
        "stage:" + said(template.flatMap(Template::stage)),
        "sandbox, pilot, production or retired");
    line("identity:", "");
    line("  workload:", "a SPIFFE id that no other workflow has");
    line("  mode:", "own, on-behalf-of or per-action");
    line("initiators: " + list(template.map(Template::initiators)), "human, schedule, agent");
    line("grants:", "what it may do; everything else is refused");
  }

  private void grant(Resource resource) {
    String targets =
        resource.targets().isEmpty()
            ? ""
            : "{" + String.join(": [], ", resource.targets().keySet()) + ": [ID, ...]}, or any";
    grant(
        resource.id(),
        String.join(", ", resource.actions().keySet()),
        String.join(", ", resource.environments()),
        targets);
  }

  private void grant(String resource, String actions, String environments, String targets) {
    line("  - actions: []", actions);
    line("    resource:" + said(Optional.of(resource).filter(r -> !r.isEmpty())), "its id");
    line("    environment:", environments);
    if (!targets.isEmpty()) {
      line("    targets:", targets);
    }
    line("    limits: {}", "{rows: 5000, calls: 200, amount: \"99.50\"}");
    line("    because:", "for the people who review it");
  }

  private void foot() {
    line("prohibited: []", "never, whatever is granted:");
    line("", "{actions: [...], resource: ID}");
    line("until:", "its last instant: 2027-01-31T18:00:00Z");
    line("task:", "");
    line(
        "  life:" + said(template.flatMap(Template::taskLife).map(s -> s.iso())),
        "longest run, PT1S to PT24H");
    line("  # delegation: { depth: 1, to: [AGENT] }", "");
    line("revoke: " + list(template.map(Template::revoke)), "");
    line("", "of task-complete, timeout, owner-leaves,");
    line("", "handoff, retirement");
  }

  private static String said(Optional<String> value) {
    return value.map(v -> " " + v).orElse("");
  }

  private static String list(Optional<List<String>> values) {
    return "[" + String.join(", ", values.orElse(List.of())) + "]";
  }

  private void line(String yaml, String comment) {
    text.append(yaml);
    if (!comment.isEmpty()) {
      text.append(" ".repeat(Math.max(1, COMMENTS - yaml.length()))).append("# ").append(comment);
    }
    text.append('\n');
  }
}
