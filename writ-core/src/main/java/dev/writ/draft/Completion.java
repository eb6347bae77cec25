package dev.writ.draft;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Resource;
import dev.writ.catalogue.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds the slots nobody spoke of: gaps, what the catalogue leaves no choice in, and what the
 * organisation's template says. None of these adds an action, resource, environment or target.
 */
final class Completion {
  private static final List<String> REMARKS =
      List.of(
          "approvals",
          "delegation.depth",
          "delegation.scope",
          "delegation.mode",
          "credential",
          "revocation.event",
          "conditions",
          "scope");

  private final Catalogue catalogue;
  private final Intent intent;
  private final Map<String, State> said;
  private final Map<String, Resource> resources;
  private final Map<String, State> out = new LinkedHashMap<>();

  /**
   * @param resources the resource of each line that names one
   */
  Completion(
      Catalogue catalogue,
      Intent intent,
      Map<String, State> said,
      Map<String, Resource> resources) {
    this.catalogue = catalogue;
    this.intent = intent;
    this.said = said;
    this.resources = resources;
  }

  Map<String, State> complete() {
    switch (intent) {
      case GRANT -> grant();
      case EXTEND -> {
        put("identity.workload", state("identity.workload"));
        ifSaid("process", "purpose", "owners.product");
        lines("grants", true);
        lines("prohibited", false);
        put("until", state("until"));
      }
      case REVOKE -> {
        put("identity.workload", state("identity.workload"));
        ifSaid("process", "purpose", "owners.product");
        lines("grants", !said.containsKey("scope"));
      }
      case MODIFY -> {
        ifSaid("identity.workload", "process", "purpose", "owners.product");
        lines("grants", false);
        lines("prohibited", false);
        ifSaid("until");
      }
      case MIXED, QUESTION, NONE -> throw new IllegalStateException("no workflow's intent");
    }
    ifSaid("task.delegation");
    REMARKS.forEach(this::ifSaid);
    return out;
  }

  private void grant() {
    State subject = state("identity.workload");
    put("name", subject.values().stream().findFirst().map(Completion::name).orElse(State.gap()));
    put("process", state("process"));
    put("purpose", state("purpose"));
    // A purpose is one of the two; what was not said of the other is no omission.
    if (said.containsKey("process") != said.containsKey("purpose")) {
      out.remove(said.containsKey("process") ? "purpose" : "process");
    } else if (!said.containsKey("process")) {
      out.remove("purpose");
    }
    put("owners.product", state("owners.product"));
    Template template = catalogue.template();
    put("owners.identity", defaulted(template.identityOwner()));
    put("owners.security", defaulted(template.securityOwner()));
    put("stage", defaulted(template.stage()));
    put("identity.workload", subject);
    put("identity.mode", new State.Derived(List.of("own"), "the narrowest there is"));
    put("initiators", defaulted(template.initiators()));
    lines("grants", true);
    lines("prohibited", false);
    put("until", state("until"));
    put("task.life", defaulted(template.taskLife().map(s -> s.iso())));
    ifSaid("task.delegation");
    put("revoke", defaulted(template.revoke()));
  }

  private void put(String path, State state) {
    out.put(path, state);
  }

  private void ifSaid(String... paths) {
    for (String path : paths) {
      if (said.containsKey(path)) {
        out.putIfAbsent(path, state(path));
      }
    }
  }

  private State state(String path) {
    return said.getOrDefault(path, State.gap());
  }

  private static State name(String subject) {
    String name = subject.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    return new State.Derived(
        List.of(name.length() > 63 ? name.substring(0, 63).replaceAll("-+$", "") : name),
        "after the agent");
  }

  private static State defaulted(Optional<String> value) {
    return defaulted(value.map(List::of).orElse(List.of()));
  }

  private static State defaulted(List<String> values) {
    return values.isEmpty() ? State.gap() : new State.Defaulted(values);
  }

  /**
   * @param needed whether one line at least has to be there
   */
  private void lines(String section, boolean needed) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String path : said.keySet()) {
      if (path.startsWith(section + "[")) {
        numbers.add(Integer.valueOf(path.substring(section.length() + 1, path.indexOf(']'))));
      }
    }
    if (numbers.isEmpty() && needed) {
      numbers.add(0);
    }
    int next = 0;
    for (int number : numbers) {
      line(section + "[" + number + "]", section + "[" + next++ + "]");
    }
  }

  /** Lines are numbered without gaps, whatever the proposal called them. */
  private void line(String from, String to) {
    put(to + ".resource", state(from + ".resource"));
    put(to + ".actions", state(from + ".actions"));
    Resource resource = resources.get(from);
    boolean grant = to.startsWith("grants");
    if (grant || said.containsKey(from + ".environment")) {
      put(to + ".environment", environment(from, resource));
    }
    if (grant && (resource == null || !resource.targets().isEmpty())) {
      put(to + ".targets", state(from + ".targets"));
    }
    for (String limit : List.of(".limits.rows", ".limits.calls")) {
      if (grant && said.containsKey(from + limit)) {
        put(to + limit, state(from + limit));
      }
    }
  }

  private State environment(String line, @Nullable Resource resource) {
    State state = state(line + ".environment");
    return state instanceof State.Gap && resource != null && resource.environments().size() == 1
        ? new State.Derived(resource.environments(), "the only one there is")
        : state;
  }
}
