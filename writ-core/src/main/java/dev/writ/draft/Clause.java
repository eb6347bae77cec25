package dev.writ.draft;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A clause with what it wants.
 *
 * @param sentence its words
 * @param whole the sentence it is part of
 * @param field the field it fills, if it is the value of one
 * @param voids words of which nothing becomes scope
 * @param negated words that say what is not wanted
 * @param agents the agents that are to act, in order
 * @param delegates agents that may take over
 */
record Clause(
    Sentence sentence,
    Sentence whole,
    Moods.Mood mood,
    Optional<Fields.Kind> field,
    Set<Integer> voids,
    Set<Integer> negated,
    List<Item> agents,
    List<Item> delegates) {
  private static final Pattern CUT =
      Pattern.compile(
          "(?:; |: |, (?:and |but |then |so |also |please |pls |while |plus )|\\b(?:and|but|then)"
              + " |, |\\. )(?=(?:please |pls |also |then |now |can you |could you"
              + " )*(?:give|let|allow|hand|take|remove|revoke|strip|extend|prolong|switch|shut|turn|withdraw|cut|transfer|reassign|disable|deactivate|stop|retire|rescind|pull|terminate|renew|restrict|limit|narrow|end|suspend|keep(?!"
              + " (?:it |them |that |@a\\d+ )?(?:away|out|off|clear|from)\\b)|lengthen|move)\\b(?!"
              + " (?:in|on)? ?(?:with|contact|going)\\b))|; ");
  private static final List<Pattern> DELEGATES =
      List.of(
          Pattern.compile(
              "(@a\\d+),? (?:is to |may |can |should |must |shall |will |could |might |would"
                  + " )?(?:also |then"
                  + " )?(?:stands?|steps?|fills?|takes?|subs?|covers?|deputi[sz]es?|substitutes?|jumps?|acts?|helps?|backs?|fill|stand|step|takes?"
                  + " it) (?:in|over|out|up|for|as (?:a |the |its"
                  + " )?(?:deputy|stand-?in|back-?up|substitute|helper))"),
          Pattern.compile(
              "\\b(?:delegates?|delegating|sub-?delegates?|hands?(?: \\w+){0,4}?"
                  + " (?:on|over|down|off)|pass(?:es)?(?: \\w+){0,4}?"
                  + " (?:on|over|along|down)|outsources?|farms?"
                  + " out|entrusts?|forwards?|shares?|lends?)\\b[^;.]*? (?:to|with|upon) (?:the"
                  + " |our )?(@a\\d+)"),
          Pattern.compile(
              "\\b(?:deputy|stand-?in|stand in|back-?up|substitute|delegate|sub-?agent)(?: is|:|"
                  + " will be| should be| may be)? (?:the |our )?(@a\\d+)"),
          Pattern.compile(
              "(@a\\d+) (?:is|as|being) (?:the |its |a |an"
                  + " )?(?:deputy|stand-?in|back-?up|delegate|substitute|fallback)"),
          Pattern.compile(
              "\\b(?:call(?:s)? (?:on|in|upon)|bring(?:s)? in|involve(?:s)?|make(?:s)? use"
                  + " of|use(?:s)?|ask(?:s)?|enlist(?:s)?) (?:the |our )?(@a\\d+)"
                  + " (?:for|to|when|if|as)"));
  private static final Pattern PASSES_ON =
      Pattern.compile(
          "@a\\d+ [^;.]*\\b(?:delegate|hand|pass|share|lend|outsource|forward|entrust)");

  /** The clauses of a sentence. */
  static List<Clause> of(Sentence s, Optional<Fields.Kind> field) {
    List<Integer> cuts = new ArrayList<>();
    cuts.add(s.from);
    if (s.to - s.from > Reading.LONGEST_SENTENCE) {
      Moods.Mood none = Moods.Mood.NOTHING;
      return List.of(new Clause(s, s, none, field, Set.of(), Set.of(), List.of(), List.of()));
    }
    if (field.isEmpty()) {
      Matcher m = CUT.matcher(s.spoken);
      while (m.find()) {
        int w = s.spokenWord(m.end());
        if (m.end() < s.spoken.length() && w > cuts.getLast() && w < s.to) {
          cuts.add(w);
        }
      }
    }
    cuts.add(s.to);
    List<Clause> out = new ArrayList<>();
    Set<Integer> voids = field.isEmpty() ? Moods.voids(s) : Set.of();
    Set<Integer> negated = Moods.negated(s);
    for (int i = 0; i + 1 < cuts.size(); i++) {
      Sentence part = cuts.size() == 2 ? s : s.part(cuts.get(i), cuts.get(i + 1));
      Moods.Mood mood =
          field.isPresent() ? Moods.Mood.GRANT : Moods.of(part, part.spoken, part.asks);
      out.add(of(part, s, mood, field, voids, negated));
    }
    return out;
  }

  private static Clause of(
      Sentence part,
      Sentence whole,
      Moods.Mood mood,
      Optional<Fields.Kind> field,
      Set<Integer> voids,
      Set<Integer> negated) {
    Set<Item> delegates = new LinkedHashSet<>();
    for (Pattern p : DELEGATES) {
      boolean passing =
          p != DELEGATES.get(1)
              || PASSES_ON.matcher(part.spoken).find()
              || part.spoken.matches(".*\\b(?:it|they|may|can)\\b.*")
              || part.spoken.contains("delegat");
      if (passing && mood != Moods.Mood.OWNERSHIP) {
        delegates.addAll(part.named(p));
      }
    }
    if (field.equals(Optional.of(Fields.Kind.DELEGATION))) {
      delegates.addAll(part.of(Item.Type.AGENT));
    }
    List<Item> agents = new ArrayList<>();
    for (Item a : part.of(Item.Type.AGENT)) {
      boolean change = mood == Moods.Mood.OWNERSHIP || mood == Moods.Mood.NARROW;
      if (!delegates.contains(a) && (change || !voids.contains(a.from()))) {
        agents.add(a);
      }
    }
    return new Clause(
        part, whole, mood, field, voids, negated, List.copyOf(agents), List.copyOf(delegates));
  }

  boolean is(Fields.Kind kind) {
    return field.equals(Optional.of(kind));
  }

  /** Whether what it says may be scope of an access. */
  boolean speaks() {
    return switch (mood) {
      case GRANT, EXTEND, OWNERSHIP, NARROW, REVOKE -> true;
      case QUESTION, NOTHING -> false;
    };
  }

  Optional<Intent> intent() {
    return switch (mood) {
      case GRANT -> Optional.of(Intent.GRANT);
      case EXTEND -> Optional.of(Intent.EXTEND);
      case OWNERSHIP, NARROW -> Optional.of(Intent.MODIFY);
      case REVOKE -> Optional.of(Intent.REVOKE);
      case QUESTION, NOTHING -> Optional.empty();
    };
  }
}
