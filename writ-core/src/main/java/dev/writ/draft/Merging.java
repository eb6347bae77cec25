package dev.writ.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts frames of one workflow together, and leaves out what only repeats or chats. */
final class Merging {
  private final Lexicon lexicon;

  Merging(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /** Verbs without any resource are chatter beside a clause that has both. */
  private static void chatter(List<Frame> frames) {
    boolean whole = frames.stream().anyMatch(f -> !f.verbs.isEmpty() && !f.resources.isEmpty());
    boolean named = frames.stream().anyMatch(f -> !f.resources.isEmpty());
    frames.removeIf(f -> {
      boolean full = f.verbs.stream().anyMatch(v -> !v.act().orElseThrow().full().isEmpty());
      boolean loose =
          f.resources.isEmpty()
              && f.described.isEmpty()
              && !f.unknownResource
              && !f.verbs.isEmpty();
      return loose
          && !full
          && (whole
              || named && !f.asked
              || f.sentence.of(Item.Type.AGENT).isEmpty()
                  && !RIGHTS.matcher(f.sentence.plain).find()
                  && !f.field);
    });
  }

  private static final Pattern RIGHTS =
      Pattern.compile(
          "\\b(?:access|rights?|permissions?|privileges?|needs?|wants?|only|for|ro|rw|let|allow|give)\\b");

  /** Puts together what was said apart: rights here, the system there, the place elsewhere. */
  void merge(List<Frame> frames) {
    chatter(frames);
    List<Frame> verbsOnly =
        frames.stream()
            .filter(f ->
                !f.verbs.isEmpty()
                    && f.resources.isEmpty()
                    && f.described.isEmpty()
                    && !f.unknownResource)
            .toList();
    List<Frame> bare =
        frames.stream().filter(f -> f.verbs.isEmpty() && !f.resources.isEmpty()).toList();
    for (Frame f : verbsOnly) {
      List<Frame> fitting = bare.stream().filter(b -> fits(f, b)).toList();
      if (fitting.isEmpty()) {
        fitting = bare.size() == 1 && frames.size() - verbsOnly.size() == 1 ? bare : List.of();
      }
      for (Frame b : fitting) {
        b.verbs.addAll(f.verbs);
        b.orVerbs |= f.orVerbs;
        if (b.places.isEmpty()) {
          b.places.addAll(f.places);
          b.orPlaces |= f.orPlaces;
        }
        b.notPlaces.addAll(f.notPlaces);
        b.targets.addAll(f.targets);
      }
      if (!fitting.isEmpty()) {
        frames.remove(f);
      }
    }
    for (Frame f : List.copyOf(frames)) {
      if (!f.points()) {
        frames.remove(f);
        if (f.negative) {
          continue;
        }
        if (f.sentence.of(Item.Type.VERB).isEmpty()) {
          frames.stream()
              .filter(g -> g.targets.isEmpty())
              .forEach(g -> g.targets.addAll(f.targets));
        }
        frames.forEach(g -> g.notPlaces.addAll(f.notPlaces));
        frames.forEach(g -> g.strange |= f.strange && g.verbs.isEmpty());
        boolean apart =
            f.sentence.of(Item.Type.VERB).isEmpty() && f.sentence.of(Item.Type.RESOURCE).isEmpty();
        for (Frame g : frames) {
          if (g.places.isEmpty() && apart) {
            g.places.addAll(f.places);
            g.orPlaces |= f.orPlaces;
          }
        }
      } else if (f.resources.isEmpty()
          && f.verbs.isEmpty()
          && !f.unknownResource
          && f.described.isEmpty()) {
        boolean others = frames.stream().anyMatch(g -> g != f && g.points());
        if (others) {
          frames.remove(f);
          frames.stream()
              .filter(g -> g.verbs.isEmpty())
              .forEach(g -> {
                g.generic |= f.generic;
                g.whole |= f.whole;
                if (g.places.isEmpty()) {
                  g.places.addAll(f.places);
                }
              });
        }
      }
    }
    repeated(frames);
  }

  private boolean fits(Frame verbs, Frame bare) {
    return bare.resources.stream()
        .flatMap(r -> r.ids().stream())
        .flatMap(id -> lexicon.resource(id).stream())
        .anyMatch(r ->
            verbs.verbs.stream()
                .anyMatch(
                    v -> !(v.act().orElseThrow().on(r, lexicon.ways()) instanceof Act.On.Nothing)));
  }

  /** A resource that is only mentioned again, or in passing, asks for nothing more. */
  private static void repeated(List<Frame> frames) {
    for (Frame f : List.copyOf(frames)) {
      if (!f.verbs.isEmpty() || f.resources.isEmpty() || f.whole || f.strange) {
        continue;
      }
      List<String> ids = f.resources.stream().flatMap(r -> r.ids().stream()).toList();
      Optional<Frame> same =
          frames.stream()
              .filter(g ->
                  g != f
                      && !g.verbs.isEmpty()
                      && g.resources.stream()
                          .anyMatch(r -> r.ids().stream().anyMatch(ids::contains)))
              .findFirst();
      boolean other =
          frames.stream().anyMatch(g -> g != f && !g.verbs.isEmpty() && !g.resources.isEmpty());
      if (same.isPresent() || (other && !f.asked && !f.generic)) {
        frames.remove(f);
        boolean apart = f.sentence.of(Item.Type.VERB).isEmpty();
        same.filter(g -> g.places.isEmpty() && apart).ifPresent(g -> g.places.addAll(f.places));
      }
    }
    List<Frame> seen = new ArrayList<>();
    for (Frame f : List.copyOf(frames)) {
      boolean twice =
          f.verbs.isEmpty()
              && seen.stream()
                  .anyMatch(g ->
                      g.verbs.isEmpty()
                          && ids(g).equals(ids(f))
                          && !ids(f).isEmpty()
                          && (f.places.isEmpty() || placesOf(g).equals(placesOf(f))));
      if (twice) {
        frames.remove(f);
      }
      seen.add(f);
    }
  }

  private static List<String> ids(Frame f) {
    return f.resources.stream().flatMap(r -> r.ids().stream()).toList();
  }

  private static List<String> placesOf(Frame f) {
    return f.places.stream().flatMap(r -> r.ids().stream()).toList();
  }
}
