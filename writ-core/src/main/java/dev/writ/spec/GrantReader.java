package dev.writ.spec;

import dev.writ.base.Text;
import dev.writ.form.Fields;
import dev.writ.form.Names;
import dev.writ.form.Node;
import dev.writ.form.Place;
import dev.writ.form.Problems;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads grants and prohibitions. */
final class GrantReader {
  /** Most characters of an amount, so that reading one is cheap. */
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(?:\\.[0-9]{1,4})?");

  private final Problems problems;

  GrantReader(Problems problems) {
    this.problems = problems;
  }

  Optional<Grant> grant(Node node) {
    return Fields.of(node, problems).flatMap(this::grant);
  }

  private Optional<Grant> grant(Fields f) {
    int before = problems.count();
    List<String> actions = f.requiredIds("actions");
    Optional<String> resource = f.requiredId("resource");
    Optional<String> environment = f.requiredId("environment");
    Targets targets = f.node("targets").map(this::targets).orElseGet(Targets.Unstated::new);
    Limits limits = f.fields("limits").map(this::limits).orElse(Limits.NONE);
    Optional<String> because = f.text("because");
    f.close();
    return problems.count() == before
        ? Optional.of(
            new Grant(
                actions,
                resource.orElseThrow(),
                environment.orElseThrow(),
                targets,
                limits,
                because))
        : Optional.empty();
  }

  Optional<Prohibition> prohibition(Node node) {
    int before = problems.count();
    Optional<Fields> fields = Fields.of(node, problems);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Fields f = fields.get();
    List<String> actions = f.requiredIds("actions");
    Optional<String> resource = f.requiredId("resource");
    Optional<String> environment = f.id("environment");
    f.close();
    return problems.count() == before
        ? Optional.of(new Prohibition(actions, resource.orElseThrow(), environment))
        : Optional.empty();
  }

  private Targets targets(Node node) {
    if (node instanceof Node.Scalar(Place at, Node.Kind kind, String text)
        && kind == Node.Kind.TEXT
        && text.equals("any")) {
      return new Targets.Any();
    }
    if (!(node instanceof Node.Mapping(Place at, List<Node.Entry> entries))) {
      problems.add(
          node.place(), "these are no targets", "write {DIMENSION: [ID, ...]} or the word any");
      return new Targets.Unstated();
    }
    Map<String, List<String>> named = new LinkedHashMap<>();
    for (Node.Entry entry : entries) {
      if (!Names.wellFormed(entry.key())) {
        problems.add(
            entry.place(), "`" + Text.excerpt(entry.key()) + "` is not a name", Names.RULE);
      } else {
        ids(entry).ifPresent(ids -> named.put(entry.key(), ids));
      }
    }
    if (entries.isEmpty()) {
      problems.add(at, "no target is named", "list targets, or write the word any");
    }
    return named.isEmpty() ? new Targets.Unstated() : new Targets.Named(named);
  }

  private Optional<List<String>> ids(Node.Entry entry) {
    if (!(entry.value() instanceof Node.Sequence(Place at, List<Node> items)) || items.isEmpty()) {
      problems.add(
          entry.place(), "this is not a list of targets", "write [ID, ...] with at least one");
      return Optional.empty();
    }
    List<String> ids = items.stream().flatMap(n -> Fields.id(n, problems).stream()).toList();
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids);
  }

  private Limits limits(Fields f) {
    Optional<Long> rows = f.integer("rows", 0, Limits.MOST);
    Optional<Long> calls = f.integer("calls", 0, Limits.MOST);
    Optional<String> text = f.text("amount");
    Optional<BigDecimal> amount =
        text.filter(t -> AMOUNT.matcher(t).matches())
            .map(BigDecimal::new)
            .filter(Limits::wellFormed);
    if (text.isPresent() && amount.isEmpty()) {
      problems.add(
          f.place("amount"),
          "`" + Text.excerpt(text.get()) + "` is not an amount",
          "write digits with at most four places, in quotes: \"1000.00\"");
    }
    f.close();
    return new Limits(rows, calls, amount);
  }
}
