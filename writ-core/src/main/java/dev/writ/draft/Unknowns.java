package dev.writ.draft;

import dev.writ.catalogue.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that the catalogue lacks, and words that describe a resource without naming it. */
final class Unknowns {
  private static final Pattern DESCRIBED =
      Pattern.compile(
          "((?:[a-z]+"
              + " ){1,2})(?:data|systems?|records|tools?|apps?|applications?|databases?|platforms?|stuff|things|information|info|details|files|figures|numbers|software|services?)\\b");
  private static final Set<String> NO_DESCRIPTION =
      Set.of(
          "the",
          "a",
          "all",
          "any",
          "some",
          "our",
          "other",
          "such",
          "same",
          "production",
          "test",
          "your",
          "its",
          "their",
          "this",
          "that",
          "these",
          "those",
          "many",
          "several",
          "more",
          "of",
          "to",
          "for",
          "in",
          "on",
          "and",
          "or",
          "personal",
          "own",
          "real",
          "old",
          "new",
          "live",
          "phone",
          "account",
          "load",
          "take",
          "out",
          "put",
          "ingest",
          "pull",
          "bank",
          "with",
          "from",
          "need",
          "read",
          "see",
          "related",
          "relevant",
          "right",
          "necessary",
          "whole",
          "few",
          "everyth",
          "operating",
          "file",
          "back");
  private static final Pattern PLACED =
      Pattern.compile(
          "\\b(?:in|on|from|into|onto|at|via|through|inside|access to|rights"
              + " (?:on|for|in)|using|to|of) (?:the |our |their )?(?:new |old"
              + " )?([a-z][a-z0-9-]{2,}(?: [a-z0-9-]+)?)");

  private final Reading reading;

  Unknowns(Reading reading) {
    this.reading = reading;
  }

  /** A frame for a clause without items that describes or names something strange. */
  Optional<Frame> describe(Clause c) {
    Frame f = new Frame(c.sentence(), c.mood(), false);
    f.generic = c.sentence().has(Cues.GENERIC);
    f.whole = c.sentence().has(Cues.WHOLE) && f.generic;
    complete(f, c);
    if (c.is(Fields.Kind.RESOURCE) && f.described.isEmpty()) {
      f.unknownResource = true;
    }
    if (c.is(Fields.Kind.ENVIRONMENT) && c.sentence().of(Item.Type.ENVIRONMENT).isEmpty()) {
      return Optional.empty();
    }
    if (c.is(Fields.Kind.SUBJECT)) {
      return Optional.empty();
    }
    f.at = c.sentence().from;
    return f.empty() ? Optional.empty() : Optional.of(f);
  }

  /** Adds what is said of resources without naming one. */
  void complete(Frame f, Clause c) {
    if (f.negative || !c.speaks()) {
      return;
    }
    described(f, c);
    if (f.resources.isEmpty() && f.described.isEmpty() && c.field().isEmpty()) {
      f.unknownResource = strange(c);
    } else if (c.is(Fields.Kind.RESOURCE) && f.resources.isEmpty() && f.described.isEmpty()) {
      f.unknownResource = true;
    }
  }

  private void described(Frame f, Clause c) {
    Matcher m = DESCRIBED.matcher(c.sentence().skeleton);
    while (m.find()) {
      int w = c.sentence().word(m.start());
      if (c.voids().contains(w) || c.negated().contains(w) || inPurpose(c, m.start())) {
        continue;
      }
      Set<String> fitting = new LinkedHashSet<>();
      for (String word : m.group(1).strip().split(" ", -1)) {
        if (!NO_DESCRIPTION.contains(word)
            && !NO_DESCRIPTION.contains(Word.stem(word))
            && word.length() > 2) {
          fitting.addAll(fitting(Word.stem(word)));
        }
      }
      if (!fitting.isEmpty()) {
        f.described = List.copyOf(fitting);
        f.asked = true;
        return;
      }
    }
  }

  private static boolean inPurpose(Clause c, int at) {
    return c.is(Fields.Kind.PURPOSE)
        || c.sentence()
            .skeleton
            .substring(0, at)
            .matches(
                ".*\\b(?:for|because of|due to|as part of|during|after|before) (?:the |our |a )?$");
  }

  private List<String> fitting(String stem) {
    return reading.lexicon.catalogue().resources().stream()
        .filter(r -> words(r).contains(stem))
        .map(Resource::id)
        .toList();
  }

  private static Set<String> words(Resource r) {
    Set<String> out = new LinkedHashSet<>();
    String all =
        r.name()
            + " "
            + String.join(" ", r.aliases())
            + " "
            + r.ownerTeam()
            + " "
            + String.join(" ", r.data())
            + " "
            + String.join(" ", r.markers())
            + " "
            + r.kind();
    Word.ofPhrase(all.replace('-', ' ').replace('_', ' ').toLowerCase(Locale.ROOT))
        .forEach(w -> out.add(w.stem()));
    return out;
  }

  /** Whether a name that nobody knows stands where a resource stands. */
  private boolean strange(Clause c) {
    Matcher m = PLACED.matcher(c.sentence().skeleton);
    while (m.find()) {
      int w = c.sentence().word(m.start(1));
      if (!c.voids().contains(w) && !c.negated().contains(w) && unknown(reading.words.get(w), w)) {
        return true;
      }
    }
    for (int i = c.sentence().from; i < c.sentence().to; i++) {
      Word word = reading.words.get(i);
      boolean camel =
          word.raw().length() > 3
              && word.raw().substring(1).chars().anyMatch(Character::isUpperCase)
              && word.raw().chars().anyMatch(Character::isLowerCase);
      if (camel && unknown(word, i) && !c.voids().contains(i) && !c.negated().contains(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a word is none: no ordinary word, no number, and in no name. */
  boolean unknown(Word word, int at) {
    return word.plain().length() > 2
        && !reading.lexicon.speller().knows(word.plain())
        && !CommonWords.has(word.stem())
        && word.plain().chars().noneMatch(Character::isDigit)
        && reading.items.stream().noneMatch(i -> i.from() <= at && at < i.to())
        && (word.capital()
            || !reading.words.get(Math.max(0, at)).plain().matches(".*(?:ing|ed|ly|s)$"));
  }
}
