package dev.writ.labels;

import dev.writ.base.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The score of answers against labels: what was found, what was asked for beyond the label, and
 * which open slots were left silent. {@link #report} has the lines of the set's own scorer.
 */
public final class Score {
  private static final List<String> SLOTS =
      List.of("subject", "owner", "purpose", "access", "env", "duration", "prohibited");

  /** Workflows of one prompt that are paired by trying every order. */
  private static final int MOST_TRIED = 6;

  private int prompts;
  private int intents;
  private int exact;
  private int requested;
  private int over;
  private int overPrompts;
  private int canaries;
  private int silent;
  private final Map<String, Count> counts = new TreeMap<>();
  private final Map<String, Style> styles = new TreeMap<>();
  private final Map<String, List<String>> misses = new LinkedHashMap<>();

  /** One style's share. */
  private record Style(int prompts, int over, Count slots) {}

  /** A pair of workflows; an absent one counts as empty. */
  private record Pair(Json.Obj said, Json.Obj gold) {}

  /**
   * @param label a prompt's {@code expect}
   * @param said the answer; an empty object when there is none
   */
  public void add(String id, String style, Json.Obj label, Json.Obj said) {
    List<String> lines = new ArrayList<>();
    prompts++;
    boolean right = said.text("intent").equals(label.text("intent"));
    intents += right ? 1 : 0;
    if (!right) {
      lines.add(
          "intent: "
              + said.text("intent").orElse("none")
              + " instead of "
              + label.text("intent").orElse(""));
    }
    sets(
        "flag",
        new TreeSet<>(Values.texts(said, "flags")),
        new TreeSet<>(Values.texts(label, "flags")),
        lines);
    boolean beyond = over(label, said, lines);
    boolean perfect = right;
    Count before = counts.getOrDefault("slot", Count.NONE);
    for (Pair pair : pairs(Values.objects(said, "workflows"), Values.objects(label, "workflows"))) {
      perfect &= workflow(pair, lines);
    }
    exact += perfect ? 1 : 0;
    Count after = counts.getOrDefault("slot", Count.NONE);
    Style old = styles.getOrDefault(style, new Style(0, 0, Count.NONE));
    styles.put(
        style,
        new Style(
            old.prompts() + 1,
            old.over() + (beyond ? 1 : 0),
            old.slots()
                .plus(
                    after.right() - before.right(),
                    after.extra() - before.extra(),
                    after.missed() - before.missed())));
    if (!lines.isEmpty()) {
      misses.put(id, List.copyOf(lines));
    }
  }

  private boolean over(Json.Obj label, Json.Obj said, List<String> lines) {
    Set<Values.Asked> entailed = Values.asked(label, List.of("access", "acceptable_access"));
    Set<Values.Asked> asked = Values.asked(said, List.of("access"));
    requested += asked.size();
    List<Values.Asked> beyond =
        asked.stream().filter(a -> entailed.stream().noneMatch(e -> covers(e, a))).toList();
    over += beyond.size();
    overPrompts += beyond.isEmpty() ? 0 : 1;
    beyond.forEach(b -> lines.add("OVER-GRANT: " + b));
    for (Json.Obj canary : Values.objects(label, "must_not")) {
      String resource = canary.text("resource").orElse("");
      List<String> actions = Values.texts(canary, "actions");
      if (beyond.stream()
          .anyMatch(
              b -> b.entry().resource().equals(resource) && actions.contains(b.entry().action()))) {
        canaries++;
        lines.add("CANARY: " + resource + " " + actions);
      }
    }
    return !beyond.isEmpty();
  }

  /** What the drafter left open is not compared: it cannot be provisioned. */
  private static boolean covers(Values.Asked gold, Values.Asked said) {
    return (said.subject().isEmpty() || said.subject().equals(gold.subject()))
        && said.entry().resource().equals(gold.entry().resource())
        && said.entry().action().equals(gold.entry().action())
        && (said.entry().environment().isEmpty()
            || said.entry().environment().equals(gold.entry().environment()));
  }

  private boolean workflow(Pair pair, List<String> lines) {
    boolean perfect = true;
    Set<List<String>> said = Values.of(pair.said());
    Set<List<String>> gold = Values.of(pair.gold());
    for (List<String> value : union(said, gold)) {
      boolean right = said.contains(value) && gold.contains(value);
      perfect &= right;
      tally(
          value.getFirst(),
          right ? 1 : 0,
          gold.contains(value) ? 0 : 1,
          said.contains(value) ? 0 : 1);
      if (!right) {
        lines.add((said.contains(value) ? "extra " : "missed ") + String.join(" ", value));
      }
    }
    Optional<Json.Obj> mine = pair.said().object("duration");
    Optional<Json.Obj> theirs = pair.gold().object("duration");
    if (mine.isPresent() || theirs.isPresent()) {
      boolean right =
          mine.isPresent() && theirs.isPresent() && Values.same(mine.get(), theirs.get());
      perfect &= right;
      tally(
          "duration",
          right ? 1 : 0,
          !right && mine.isPresent() ? 1 : 0,
          !right && theirs.isPresent() ? 1 : 0);
      if (!right) {
        lines.add("duration: " + shown(mine) + " instead of " + shown(theirs));
      }
    }
    return opens(pair, lines) && perfect;
  }

  private static String shown(Optional<Json.Obj> duration) {
    return duration
        .map(d -> new String(d.canonical(), java.nio.charset.StandardCharsets.UTF_8))
        .orElse("none");
  }

  private boolean opens(Pair pair, List<String> lines) {
    sets("gap", Values.gaps(pair.said()), Values.gaps(pair.gold()), new ArrayList<>());
    sets("ambiguity", Values.doubts(pair.said()), Values.doubts(pair.gold()), new ArrayList<>());
    Set<String> said = new TreeSet<>(Values.gaps(pair.said()));
    said.addAll(Values.doubts(pair.said()));
    Set<String> gold = new TreeSet<>(Values.gaps(pair.gold()));
    gold.addAll(Values.doubts(pair.gold()));
    sets("open", said, gold, new ArrayList<>());
    for (String slot : union(said, gold)) {
      if (!said.contains(slot)) {
        silent++;
        lines.add("left silent: " + slot);
      } else if (!gold.contains(slot)) {
        lines.add("asked needlessly: " + slot);
      } else if (Values.gaps(pair.said()).contains(slot)
          != Values.gaps(pair.gold()).contains(slot)) {
        lines.add("open, but as the wrong kind: " + slot);
      }
    }
    return said.equals(gold);
  }

  private static <T> List<T> union(Set<T> one, Set<T> other) {
    List<T> out = new ArrayList<>(one);
    other.stream().filter(v -> !one.contains(v)).forEach(out::add);
    return out;
  }

  private void tally(String slot, int right, int extra, int missed) {
    counts.merge(
        "slot",
        new Count(right, extra, missed),
        (a, b) -> a.plus(b.right(), b.extra(), b.missed()));
    counts.merge(
        "slot:" + slot,
        new Count(right, extra, missed),
        (a, b) -> a.plus(b.right(), b.extra(), b.missed()));
  }

  private void sets(String name, Set<String> said, Set<String> gold, List<String> lines) {
    Set<String> both = new HashSet<>(said);
    both.retainAll(gold);
    Count now = counts.getOrDefault(name, Count.NONE);
    counts.put(name, now.plus(both.size(), said.size() - both.size(), gold.size() - both.size()));
    gold.stream()
        .filter(v -> !said.contains(v))
        .forEach(v -> lines.add("missed " + name + ": " + v));
    said.stream()
        .filter(v -> !gold.contains(v))
        .forEach(v -> lines.add("extra " + name + ": " + v));
  }

  /** Workflows paired so that most values agree; the first of equally good orders. */
  private static List<Pair> pairs(List<Json.Obj> said, List<Json.Obj> gold) {
    Json.Obj none = Json.object().build();
    int size = Math.max(said.size(), gold.size());
    List<Integer> best = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      best.add(i);
    }
    if (!said.isEmpty() && !gold.isEmpty() && size <= MOST_TRIED) {
      int most = -1;
      for (List<Integer> order : orders(size)) {
        int agree = 0;
        for (int i = 0; i < size; i++) {
          if (i < said.size() && order.get(i) < gold.size()) {
            Set<List<String>> both = Values.of(said.get(i));
            both.retainAll(Values.of(gold.get(order.get(i))));
            agree += both.size();
          }
        }
        if (agree > most) {
          most = agree;
          best = order;
        }
      }
    }
    List<Pair> out = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Json.Obj mine = i < said.size() ? said.get(i) : none;
      Json.Obj theirs = best.get(i) < gold.size() ? gold.get(best.get(i)) : none;
      out.add(new Pair(mine, theirs));
    }
    return out;
  }

  /** Every order of the numbers below {@code size}, smallest first. */
  private static List<List<Integer>> orders(int size) {
    List<List<Integer>> out = new ArrayList<>();
    out.add(List.of());
    for (int length = 0; length < size; length++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> start : out) {
        for (int next = 0; next < size; next++) {
          if (!start.contains(next)) {
            List<Integer> one = new ArrayList<>(start);
            one.add(next);
            longer.add(one);
          }
        }
      }
      out = longer;
    }
    return out;
  }

  public int prompts() {
    return prompts;
  }

  /** Requested (subject, resource, action, environment) that no label entails. */
  public int overGrants() {
    return over;
  }

  /** Labelled traps that were stepped into. */
  public int canaries() {
    return canaries;
  }

  /** Open slots that the answer named neither as gap nor as ambiguity. */
  public int leftSilent() {
    return silent;
  }

  /** Prompts with the right intent, as a share. */
  public double intentAccuracy() {
    return prompts == 0 ? 1 : (double) intents / prompts;
  }

  /**
   * The count of {@code slot}, {@code slot:NAME}, {@code gap}, {@code ambiguity}, {@code open} or
   * {@code flag}.
   */
  public Count count(String name) {
    return counts.getOrDefault(name, Count.NONE);
  }

  /** What was missed and what was too much, by prompt; only prompts with a miss. */
  public Map<String, List<String>> misses() {
    return java.util.Collections.unmodifiableMap(misses);
  }

  /** The figures as lines for people. */
  public List<String> report() {
    List<String> out = new ArrayList<>();
    out.add(
        "prompts "
            + prompts
            + "  intent accuracy "
            + Count.places(intentAccuracy(), 3)
            + "  whole-spec exact "
            + Count.places(prompts == 0 ? 1 : (double) exact / prompts, 3));
    out.add(count("slot").line("slot values (micro)"));
    SLOTS.forEach(slot -> out.add(count("slot:" + slot).line("  " + slot)));
    out.add(count("gap").line("gaps"));
    out.add(count("ambiguity").line("ambiguities"));
    out.add(count("open").line("open slots (gap or ambiguity)"));
    out.add(count("flag").line("flags"));
    double share = requested == 0 ? 0 : (double) over / requested;
    out.add(
        "OVER-GRANT: "
            + over
            + " of "
            + requested
            + " requested tuples not entailed ("
            + Count.places(share * 100, 3)
            + "%); prompts with any "
            + overPrompts
            + "/"
            + prompts
            + "; must-not canaries hit "
            + canaries
            + "; open slots left silent "
            + silent);
    styles.forEach((name, style) ->
        out.add(
            "   "
                + Count.padded(name, 14)
                + " n="
                + padLeft(style.prompts())
                + " slot F1 "
                + Count.places(style.slots().f1(), 3)
                + " prompts with over-grant "
                + style.over()));
    return List.copyOf(out);
  }

  private static String padLeft(int n) {
    String text = Integer.toString(n);
    return " ".repeat(Math.max(0, 3 - text.length())) + text;
  }
}
