package dev.writ.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Two drafters side by side: a slot is filled only when both fill it alike. Where they differ, or
 * one is silent, it is an ambiguity with what each would say. Restrictions that either reads are
 * kept. So the second drafter can take access away from the first's proposal and never add any.
 */
public final class AgreeingDrafter implements Drafter {
  private final Drafter first;
  private final Drafter second;

  public AgreeingDrafter(Drafter first, Drafter second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public Proposal propose(Prompt prompt, Lexicon lexicon) {
    return draft(prompt, lexicon).proposal();
  }

  @Override
  public Drafted draft(Prompt prompt, Lexicon lexicon) {
    Drafted one = first.draft(prompt, lexicon);
    Drafted other = second.draft(prompt, lexicon);
    List<ModelOutput> outputs = new ArrayList<>(one.outputs());
    outputs.addAll(other.outputs());
    return new Drafted(together(one.proposal(), other.proposal()), outputs);
  }

  /** What two proposals have in common, the rest made unclear. */
  static Proposal together(Proposal one, Proposal other) {
    if (one.drafter().equals(other.drafter())) {
      return one;
    }
    SequencedSet<Flag> flags = new LinkedHashSet<>(one.flags());
    flags.addAll(other.flags());
    String drafter = one.drafter() + " and " + other.drafter();
    List<Proposal.Part> rest = new ArrayList<>(other.parts());
    List<Proposal.Part> parts = new ArrayList<>();
    for (Proposal.Part part : one.parts()) {
      Optional<Proposal.Part> match = match(part, rest);
      match.ifPresent(rest::remove);
      Proposal.Part with = match.orElse(new Proposal.Part(part.intent(), List.of()));
      parts.add(new Proposal.Part(part.intent(), items(part.items(), with.items())));
    }
    for (Proposal.Part part : rest) {
      if (parts.size() < Proposal.MOST_PARTS) {
        parts.add(new Proposal.Part(part.intent(), items(List.of(), part.items())));
      }
    }
    return new Proposal(drafter, one.intent(), List.copyOf(flags), parts);
  }

  /** The part of the same intent, of the same agent where there are several. */
  private static Optional<Proposal.Part> match(Proposal.Part part, List<Proposal.Part> among) {
    List<Proposal.Part> alike = among.stream().filter(p -> p.intent() == part.intent()).toList();
    return alike.stream()
        .filter(p -> subject(p).equals(subject(part)))
        .findFirst()
        .or(() -> alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty());
  }

  private static List<String> subject(Proposal.Part part) {
    return part.items().stream()
        .filter(i -> i.path().equals("identity.workload"))
        .findFirst()
        .map(AgreeingDrafter::values)
        .orElse(List.of());
  }

  private static List<Proposal.Item> items(List<Proposal.Item> ones, List<Proposal.Item> others) {
    Map<String, Proposal.Item> left = new LinkedHashMap<>();
    Map<String, String> lines = lines(ones, others);
    others.forEach(i -> left.putIfAbsent(renamed(i.path(), lines), i));
    List<Proposal.Item> out = new ArrayList<>();
    for (Proposal.Item item : ones) {
      Proposal.Item same = left.remove(item.path());
      boolean restricts = item.path().startsWith("prohibited[");
      boolean kept = restricts || (same != null && agree(item, same));
      out.add(kept ? item : unclear(item, same));
    }
    for (Map.Entry<String, Proposal.Item> entry : left.entrySet()) {
      boolean restricts = entry.getKey().startsWith("prohibited[");
      if (out.size() < Proposal.MOST) {
        out.add(restricts ? at(entry.getKey(), entry.getValue()) : unclear(entry));
      }
    }
    return out;
  }

  /** The second's lines by the names of the first's lines about the same resource. */
  private static Map<String, String> lines(List<Proposal.Item> ones, List<Proposal.Item> others) {
    Map<String, String> out = new LinkedHashMap<>();
    SequencedSet<String> taken = new LinkedHashSet<>();
    SequencedSet<String> known = new LinkedHashSet<>();
    ones.forEach(i -> line(i.path()).ifPresent(known::add));
    for (Proposal.Item other : others) {
      Optional<String> line = line(other.path());
      if (line.isEmpty() || !other.path().endsWith(".resource")) {
        continue;
      }
      for (Proposal.Item one : ones) {
        Optional<String> own = line(one.path());
        boolean fits =
            one.path().endsWith(".resource")
                && section(one.path()).equals(section(other.path()))
                && agree(one, other)
                && !out.containsKey(line.orElseThrow());
        if (fits && own.isPresent() && taken.add(own.orElseThrow())) {
          out.put(line.orElseThrow(), own.orElseThrow());
        }
      }
    }
    int next = known.size();
    for (Proposal.Item other : others) {
      Optional<String> line = line(other.path());
      if (line.isPresent() && !out.containsKey(line.orElseThrow())) {
        out.put(line.orElseThrow(), section(other.path()) + "[" + next++ + "]");
      }
    }
    return out;
  }

  private static Optional<String> line(String path) {
    int end = path.indexOf("].");
    return end < 0 ? Optional.empty() : Optional.of(path.substring(0, end + 1));
  }

  private static String section(String path) {
    int bracket = path.indexOf('[');
    return bracket < 0 ? "" : path.substring(0, bracket);
  }

  private static String renamed(String path, Map<String, String> lines) {
    return line(path).map(l -> lines.getOrDefault(l, l) + path.substring(l.length())).orElse(path);
  }

  private static boolean agree(Proposal.Item one, Proposal.Item other) {
    return one instanceof Proposal.Says a
        && other instanceof Proposal.Says b
        && new LinkedHashSet<>(a.values()).equals(new LinkedHashSet<>(b.values()));
  }

  private static List<String> values(Proposal.Item item) {
    return switch (item) {
      case Proposal.Says says -> says.values();
      case Proposal.Unclear unclear -> unclear.candidates();
      case Proposal.Contradicts _, Proposal.Refuses _ -> List.of();
    };
  }

  private static List<Quote> quotes(Proposal.Item item) {
    return switch (item) {
      case Proposal.Says says -> says.quotes();
      case Proposal.Unclear unclear -> unclear.quotes();
      case Proposal.Contradicts contradicts -> contradicts.quotes();
      case Proposal.Refuses refuses -> refuses.quotes();
    };
  }

  private static Proposal.Item unclear(Map.Entry<String, Proposal.Item> alone) {
    return new Proposal.Unclear(alone.getKey(), values(alone.getValue()), quotes(alone.getValue()));
  }

  private static Proposal.Item unclear(
      Proposal.Item item, Proposal.@org.jspecify.annotations.Nullable Item other) {
    if (item instanceof Proposal.Contradicts || item instanceof Proposal.Refuses) {
      return item;
    }
    SequencedSet<String> candidates = new LinkedHashSet<>(values(item));
    SequencedSet<Quote> quotes = new LinkedHashSet<>(quotes(item));
    if (other != null) {
      candidates.addAll(values(other));
      quotes.addAll(quotes(other));
    }
    return new Proposal.Unclear(item.path(), List.copyOf(candidates), List.copyOf(quotes));
  }

  private static Proposal.Item at(String path, Proposal.Item item) {
    return switch (item) {
      case Proposal.Says(String _, List<String> values, List<Quote> quotes) ->
          new Proposal.Says(path, values, quotes);
      case Proposal.Unclear(String _, List<String> candidates, List<Quote> quotes) ->
          new Proposal.Unclear(path, candidates, quotes);
      case Proposal.Contradicts(String _, String what, List<Quote> quotes) ->
          new Proposal.Contradicts(path, what, quotes);
      case Proposal.Refuses(String _, String why, List<Quote> quotes) ->
          new Proposal.Refuses(path, why, quotes);
    };
  }
}
