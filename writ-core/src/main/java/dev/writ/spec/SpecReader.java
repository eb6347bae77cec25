package dev.writ.spec;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.catalogue.Workload;
import dev.writ.form.Fields;
import dev.writ.form.Node;
import dev.writ.form.Place;
import dev.writ.form.Problems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a spec, naming every problem at once. */
final class SpecReader {
  private static final Map<String, Source> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("catalogue", new Source.Catalogue());
    WORDS.put("policy-default", new Source.PolicyDefault());
  }

  private final Problems problems = new Problems();

  private SpecReader() {}

  static Parsed<Spec> read(Node node) {
    SpecReader reader = new SpecReader();
    Optional<Fields> fields = Fields.of(node, reader.problems);
    return fields.isEmpty() ? Parsed.refused(reader.problems.list()) : reader.spec(fields.get());
  }

  private Parsed<Spec> spec(Fields f) {
    f.requiredChoice("kind", Map.of("Workflow", true));
    Optional<String> name = f.requiredText("name");
    if (name.isPresent() && !Spec.wellFormedName(name.get())) {
      problems.add(
          f.place("name"),
          "`" + Text.excerpt(name.get()) + "` is not a workflow's name",
          "use 1 to 63 lower-case letters, digits and hyphens");
    }
    Optional<String> purpose = f.text("purpose");
    Optional<String> process = f.id("process");
    if (f.node("purpose").isEmpty() && f.node("process").isEmpty()) {
      problems.add(f.place(), "there is neither `purpose` nor `process`", "say what it is for");
    }
    Optional<Owners> owners = f.requiredFields("owners").flatMap(this::owners);
    Optional<Stage> stage = f.requiredChoice("stage", Stage.words());
    checkOwners(f, owners, stage);
    Optional<Identity> identity = f.requiredFields("identity").flatMap(this::identity);
    List<Initiator> initiators = words(f, "initiators", Initiator.words());
    GrantReader lines = new GrantReader(problems);
    List<Grant> grants = f.each("grants", lines::grant);
    checkLines(f, stage);
    List<Prohibition> prohibited = f.each("prohibited", lines::prohibition);
    Optional<Instant> until = f.requiredText("until").flatMap(t -> until(t, f.place("until")));
    Optional<TaskTerms> task = f.requiredFields("task").flatMap(this::task);
    List<RevokeOn> revoke = words(f, "revoke", RevokeOn.words());
    Provenance from = f.fields("from").map(this::from).orElse(Provenance.BY_HAND);
    f.close();
    return problems.answer(() ->
        new Spec(
            name.orElseThrow(),
            new Purpose(purpose, process),
            owners.orElseThrow(),
            stage.orElseThrow(),
            identity.orElseThrow(),
            initiators,
            grants,
            prohibited,
            until.orElseThrow(),
            task.orElseThrow(),
            revoke,
            from));
  }

  private void checkOwners(Fields f, Optional<Owners> owners, Optional<Stage> stage) {
    if (owners.isPresent()
        && stage.isPresent()
        && stage.get() != Stage.SANDBOX
        && (owners.get().identity().isEmpty() || owners.get().security().isEmpty())) {
      problems.add(
          f.place("owners"),
          "a " + stage.get().word() + " needs owners of product, identity and security",
          "name all three, or stay in the sandbox");
    }
  }

  private void checkLines(Fields f, Optional<Stage> stage) {
    int lines = size(f.node("grants"));
    boolean retired = stage.equals(Optional.of(Stage.RETIRED));
    if (lines == 0 && !retired) {
      problems.add(f.place("grants"), "there is no grant", "add at least one");
    }
    if (lines > 0 && retired) {
      problems.add(f.place("grants"), "a retired workflow holds grants", "remove them");
    }
    if (lines > Spec.MOST_LINES || size(f.node("prohibited")) > Spec.MOST_LINES) {
      problems.add(f.place(), "more than " + Spec.MOST_LINES + " lines", "split it into workflows");
    }
  }

  private static int size(Optional<Node> node) {
    return node.isPresent() && node.get() instanceof Node.Sequence(Place at, List<Node> items)
        ? items.size()
        : 0;
  }

  private Optional<Owners> owners(Fields f) {
    int before = problems.count();
    Optional<String> product = f.requiredId("product");
    Optional<String> identity = f.id("identity");
    Optional<String> security = f.id("security");
    f.close();
    return problems.count() == before
        ? Optional.of(new Owners(product.orElseThrow(), identity, security))
        : Optional.empty();
  }

  private Optional<Identity> identity(Fields f) {
    Optional<Workload> workload =
        f.requiredText("workload").flatMap(w -> take(Workload.parse(w), f.place("workload")));
    Optional<Mode> mode = f.requiredChoice("mode", Mode.words());
    f.close();
    return workload.isPresent() && mode.isPresent()
        ? Optional.of(new Identity(workload.get(), mode.get()))
        : Optional.empty();
  }

  private <T> List<T> words(Fields f, String name, Map<String, T> words) {
    List<T> out =
        f.requiredIds(name).stream()
            .flatMap(word -> Optional.ofNullable(words.get(word)).stream())
            .toList();
    for (String word : f.node(name).isPresent() ? quietIds(f, name) : List.<String>of()) {
      if (!words.containsKey(word)) {
        problems.add(
            f.place(name),
            "`" + Text.excerpt(word) + "` is not one of the choices",
            dev.writ.form.Suggestion.remedy(word, words.keySet()));
      }
    }
    return out;
  }

  /** The words of a list whose malformed items were complained about already. */
  private static List<String> quietIds(Fields f, String name) {
    return f.node(name).orElseThrow() instanceof Node.Sequence(Place at, List<Node> items)
        ? items.stream().flatMap(n -> Fields.id(n, new Problems()).stream()).toList()
        : List.of();
  }

  private Optional<Instant> until(String text, Place place) {
    try {
      Instant until = Instant.parse(text);
      if (until.equals(until.truncatedTo(ChronoUnit.SECONDS)) && Spec.wellFormedEnd(until)) {
        return Optional.of(until);
      }
    } catch (DateTimeException e) {
      // Falls through: a date that does not exist gets the same remedy as a text that is none.
    }
    problems.add(
        place,
        "`" + Text.excerpt(text) + "` is not an instant",
        "write date, time and Z, such as 2026-03-20T18:00:00Z");
    return Optional.empty();
  }

  private Optional<TaskTerms> task(Fields f) {
    int before = problems.count();
    Optional<Duration> life = f.requiredText("life").flatMap(t -> life(t, f.place("life")));
    Optional<Fields> delegation = f.fields("delegation");
    Optional<Long> depth = delegation.flatMap(d -> d.integer("depth", 0, TaskTerms.DEEPEST));
    List<String> to = delegation.map(d -> d.ids("to")).orElse(List.of());
    if (delegation.isPresent()) {
      if (delegation.get().required("depth").isPresent()
          && depth.isPresent()
          && (depth.get() == 0) != to.isEmpty()) {
        problems.add(
            delegation.get().place(),
            depth.get() == 0 ? "delegates without depth" : "depth without delegates",
            "give both, or neither");
      }
      delegation.get().close();
    }
    f.close();
    return problems.count() == before
        ? Optional.of(new TaskTerms(life.orElseThrow(), depth.map(Long::intValue).orElse(0), to))
        : Optional.empty();
  }

  private Optional<Duration> life(String text, Place place) {
    try {
      Duration life = Duration.parse(text);
      if (TaskTerms.wellFormed(life)) {
        return Optional.of(life);
      }
    } catch (DateTimeException e) {
      // Falls through: the remedy is the same.
    }
    problems.add(place, "`" + Text.excerpt(text) + "` is not a task's life", "write PT1S to PT24H");
    return Optional.empty();
  }

  private Provenance from(Fields f) {
    Map<String, Source> lines = new LinkedHashMap<>();
    for (Node.Entry entry : f.rest()) {
      if (!Provenance.wellFormed(entry.key())) {
        problems.add(
            entry.place(),
            "`" + Text.excerpt(entry.key()) + "` is not the path of a line",
            "write a path such as grants[0].environment");
        continue;
      }
      source(entry.value()).ifPresent(s -> lines.put(entry.key(), s));
    }
    return problems.none() ? new Provenance(lines) : Provenance.BY_HAND;
  }

  private Optional<Source> source(Node node) {
    if (node instanceof Node.Scalar) {
      Optional<String> word = Fields.text(node, problems);
      Optional<Source> source = word.flatMap(w -> Optional.ofNullable(WORDS.get(w)));
      if (word.isPresent() && source.isEmpty()) {
        badSource(node);
      }
      return source;
    }
    Optional<Fields> fields = Fields.of(node, problems);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> person = fields.get().id("answer");
    Optional<Node> span = fields.get().node("prompt");
    fields.get().close();
    if (person.isPresent() && span.isEmpty()) {
      return Optional.of(new Source.Answer(person.get()));
    }
    Optional<Source> prompt = person.isEmpty() ? span.flatMap(SpecReader::span) : Optional.empty();
    if (prompt.isEmpty()) {
      badSource(node);
    }
    return prompt;
  }

  private static Optional<Source> span(Node node) {
    if (node instanceof Node.Sequence(Place at, List<Node> items)
        && items.size() == 2
        && items.getFirst() instanceof Node.Scalar first
        && items.getLast() instanceof Node.Scalar last
        && first.text().matches("[0-9]{1,7}")
        && last.text().matches("[0-9]{1,7}")) {
      int start = Integer.parseInt(first.text());
      int end = Integer.parseInt(last.text());
      return end > start ? Optional.of(new Source.Prompt(start, end)) : Optional.empty();
    }
    return Optional.empty();
  }

  private void badSource(Node node) {
    problems.add(
        node.place(),
        "this says not where the line came from",
        "write {prompt: [START, END]}, {answer: PERSON}, catalogue or policy-default");
  }

  private <T> Optional<T> take(Parsed<T> parsed, Place place) {
    for (Problem p : parsed.problems()) {
      problems.add(place, p.what(), p.remedy());
    }
    return parsed.found();
  }
}
