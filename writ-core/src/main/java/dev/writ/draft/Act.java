package dev.writ.draft;

import dev.writ.catalogue.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * What is said to be done.
 *
 * @param full the ways that are said word for word, over all resources
 * @param verb the stem of the verb, with its particle if it has one
 * @param objects stems of the nouns behind the verb, as far as they are said
 * @param strange whether the verb is none that any action or everyday group knows
 */
record Act(List<Ways.Way> full, String verb, List<String> objects, boolean strange) {
  Act {
    full = List.copyOf(full);
    objects = List.copyOf(objects);
  }

  /** What an act is on one resource. */
  sealed interface On {
    /** One action. */
    record One(String action) implements On {}

    /** Several would fit, or one that is not surely meant. */
    record Unsure(List<String> actions) implements On {
      public Unsure {
        actions = List.copyOf(actions);
      }
    }

    /** Nothing that the resource has. */
    record Nothing() implements On {}
  }

  private static final List<String> EMPTY_OBJECTS =
      List.of(
          "data",
          "stuf",
          "thing",
          "record",
          "entry",
          "content",
          "item",
          "info",
          "information",
          "everyth",
          "something",
          "detail",
          "it",
          "them");

  On on(Resource resource, Ways ways) {
    SequencedSet<String> actions = new LinkedHashSet<>();
    for (Ways.Way way : full) {
      if (way.resource().equals(resource.id())) {
        actions.add(way.action());
      }
    }
    if (!actions.isEmpty()) {
      return actions.size() == 1
          ? new On.One(actions.getFirst())
          : new On.Unsure(List.copyOf(actions));
    }
    On same = by(resource, ways, false);
    return same instanceof On.Nothing ? by(resource, ways, true) : same;
  }

  private On by(Resource resource, Ways ways, boolean alike) {
    SequencedSet<String> fitting = new LinkedHashSet<>();
    SequencedSet<String> bare = new LinkedHashSet<>();
    SequencedSet<String> foreign = new LinkedHashSet<>();
    List<String> said = objects.stream().filter(o -> !EMPTY_OBJECTS.contains(o)).toList();
    for (Ways.Way way : ways.of(resource.id())) {
      boolean verbs = way.verb().equals(verb) || (alike && Verbs.alike(way.verb(), verb));
      if (!verbs) {
        continue;
      }
      if (way.objects().isEmpty()) {
        bare.add(way.action());
      } else if (said.isEmpty() || way.objects().stream().anyMatch(said::contains)) {
        fitting.add(way.action());
      } else {
        foreign.add(way.action());
      }
    }
    if (!fitting.isEmpty() && !(said.isEmpty() && !bare.isEmpty() && bare.size() == 1)) {
      return fitting.size() == 1 && (bare.isEmpty() || !said.isEmpty() || fitting.containsAll(bare))
          ? new On.One(fitting.getFirst())
          : new On.Unsure(List.copyOf(union(fitting, bare)));
    }
    if (!bare.isEmpty()) {
      return bare.size() == 1 ? new On.One(bare.getFirst()) : new On.Unsure(List.copyOf(bare));
    }
    return foreign.isEmpty() ? new On.Nothing() : new On.Unsure(List.copyOf(foreign));
  }

  private static SequencedSet<String> union(SequencedSet<String> a, SequencedSet<String> b) {
    SequencedSet<String> out = new LinkedHashSet<>(a);
    out.addAll(b);
    return out;
  }
}
