package dev.writ.draft;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Resource;
import dev.writ.catalogue.Template;
import dev.writ.catalogue.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Adds the slots nobody spoke of: gaps, what the catalogue leaves no choice in, and what the
 * organisation's template says. None of these adds an action, resource, environment or target.
 */
final class Completion {
  private final Catalogue catalogue;
  private final Map<String, State> said;
  private final Map<String, Resource> resources;
  private final Map<String, State> out = new LinkedHashMap<>();

  Completion(Catalogue catalogue, Map<String, State> said, Map<String, Resource> resources) {
    this.catalogue = catalogue;
    this.said = said;
    this.resources = resources;
  }

  Map<String, State> complete() {
    State subject = state("identity.workload");
    subject = workloadOf(subject);
    put("name", subject.values().stream().findFirst().map(Completion::name).orElse(State.gap()));
    put("process", said.getOrDefault("process", State.gap()));
    put("purpose", said.getOrDefault("purpose", State.gap()));
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
    lines("grants");
    lines("prohibited");
    put("until", state("until"));
    put("task.life", defaulted(template.taskLife().map(s -> s.iso())));
    if (said.containsKey("task.delegation")) {
      put("task.delegation", state("task.delegation"));
    }
    put("revoke", defaulted(template.revoke()));
    return out;
  }

  private void put(String path, State state) {
    out.put(path, state);
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

  /** An agent without a workload identity cannot be given a writ. */
  private State workloadOf(State subject) {
    Optional<Workload> workload =
        subject.values().stream().findFirst().flatMap(catalogue::agent).flatMap(a -> a.workload());
    return subject instanceof State.Stated(List<String> values, List<Quote> quotes)
            && workload.isEmpty()
        ? new State.Refused("`" + values.getFirst() + "` has no workload identity", quotes)
        : subject;
  }

  private static State defaulted(Optional<String> value) {
    return defaulted(value.map(List::of).orElse(List.of()));
  }

  private static State defaulted(List<String> values) {
    return values.isEmpty() ? State.gap() : new State.Defaulted(values);
  }

  private void lines(String section) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String path : said.keySet()) {
      if (path.startsWith(section + "[")) {
        numbers.add(Integer.valueOf(path.substring(section.length() + 1, path.indexOf(']'))));
      }
    }
    if (numbers.isEmpty() && section.equals("grants")) {
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

  private State environment(String line, @org.jspecify.annotations.Nullable Resource resource) {
    State state = state(line + ".environment");
    return state instanceof State.Gap && resource != null && resource.environments().size() == 1
        ? new State.Derived(resource.environments(), "the only one there is")
        : state;
  }
}
