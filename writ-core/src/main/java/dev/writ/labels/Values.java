package dev.writ.labels;

import dev.writ.base.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of an answer is compared, and when two durations agree. */
final class Values {
  private static final Set<String> GRANTING = Set.of("grant", "extend", "modify");
  private static final Pattern PERIOD =
      Pattern.compile(
          "P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?(?:T(?:(\\d+)H)?(?:(\\d+)M)?)?");

  /** A line of access. */
  record Entry(String resource, String action, Optional<String> environment) {}

  /** A line of access of somebody; what was left open is empty. */
  record Asked(Optional<String> subject, Entry entry) {}

  private Values() {}

  static List<Json.Obj> objects(Json.Obj of, String name) {
    List<Json.Obj> out = new ArrayList<>();
    for (Json item : of.array(name).orElse(List.of())) {
      if (item instanceof Json.Obj o) {
        out.add(o);
      }
    }
    return out;
  }

  static List<String> texts(Json.Obj of, String name) {
    List<String> out = new ArrayList<>();
    for (Json item : of.array(name).orElse(List.of())) {
      if (item instanceof Json.Str(String text)) {
        out.add(text);
      }
    }
    return out;
  }

  static Set<Entry> entries(Json.Obj workflow, String section) {
    Set<Entry> out = new LinkedHashSet<>();
    for (Json.Obj entry : objects(workflow, section)) {
      for (String action : texts(entry, "actions")) {
        out.add(new Entry(entry.text("resource").orElse(""), action, entry.text("environment")));
      }
    }
    return out;
  }

  /** The values of a workflow that are compared one by one: slot first. */
  static Set<List<String>> of(Json.Obj workflow) {
    Set<List<String>> out = new LinkedHashSet<>();
    filled(workflow, "subject").ifPresent(v -> out.add(List.of("subject", v)));
    filled(workflow, "owner").ifPresent(v -> out.add(List.of("owner", v)));
    workflow
        .object("purpose")
        .flatMap(p -> filled(p, "process"))
        .ifPresent(v -> out.add(List.of("purpose", v)));
    for (Entry e : entries(workflow, "access")) {
      out.add(List.of("access", e.resource(), e.action()));
      e.environment()
          .filter(v -> !v.isEmpty())
          .ifPresent(v -> out.add(List.of("env", e.resource(), e.action(), v)));
    }
    for (Entry e : entries(workflow, "prohibited")) {
      out.add(List.of("prohibited", e.resource(), e.action()));
    }
    return out;
  }

  private static Optional<String> filled(Json.Obj of, String name) {
    return of.text(name).filter(v -> !v.isEmpty());
  }

  static Set<String> gaps(Json.Obj workflow) {
    return new TreeSet<>(texts(workflow, "gaps"));
  }

  static Set<String> doubts(Json.Obj workflow) {
    Set<String> out = new TreeSet<>();
    objects(workflow, "ambiguities").forEach(a -> a.text("slot").ifPresent(out::add));
    return out;
  }

  /** What the workflows that can give access ask for. */
  static Set<Asked> asked(Json.Obj answer, List<String> sections) {
    Set<Asked> out = new LinkedHashSet<>();
    for (Json.Obj workflow : objects(answer, "workflows")) {
      if (GRANTING.contains(workflow.text("intent").orElse("grant"))) {
        for (String section : sections) {
          entries(workflow, section).forEach(e -> out.add(new Asked(workflow.text("subject"), e)));
        }
      }
    }
    return out;
  }

  /** An ISO 8601 period in hours; a month counts 730, a year 8760. */
  private static Optional<Double> hours(Optional<String> period) {
    Matcher m = PERIOD.matcher(period.orElse(""));
    if (!m.matches()) {
      return Optional.empty();
    }
    double[] units = {8760, 730, 168, 24, 1, 1.0 / 60};
    double sum = 0;
    for (int i = 0; i < units.length; i++) {
      String digits = m.group(i + 1);
      sum += digits == null ? 0 : Double.parseDouble(digits) * units[i];
    }
    return Optional.of(sum);
  }

  static boolean same(Json.Obj said, Json.Obj gold) {
    boolean relative = said.text("kind").equals(Optional.of("relative"));
    if (gold.text("kind").equals(Optional.of("relative"))) {
      List<String> accepted = new ArrayList<>(texts(gold, "accept"));
      gold.text("iso").ifPresent(accepted::addFirst);
      double length = hours(said.text("iso")).filter(h -> h != 0).orElse(-1.0);
      return relative
          && accepted.stream()
              .map(a -> hours(Optional.of(a)).orElse(0.0))
              .anyMatch(h -> Math.abs(length - h) <= 0.05 * h);
    }
    if (relative) {
      return gold.text("iso").isPresent()
          && hours(said.text("iso")).equals(hours(gold.text("iso")));
    }
    String end =
        said.text("end").orElseGet(() -> texts(said, "end").stream().findFirst().orElse(""));
    return !end.isEmpty()
        && texts(gold, "end").contains(day(end))
        && gold.text("start").map(s -> day(said.text("start").orElse("")).equals(s)).orElse(true);
  }

  private static String day(String date) {
    return date.length() > 10 ? date.substring(0, 10) : date;
  }
}
