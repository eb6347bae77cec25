package dev.writ.draft;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sentence takes back: a slip that is put right in the next words, and a thing that is named
 * first and then ruled out by pointing back at it.
 */
final class Retracted {
  private static final String THING = "(?:that|this|it|those|these|them|the first|the last)";

  /** Somebody puts right what stands before. */
  private static final Pattern CORRECTION =
      Pattern.compile(
          "\\b(?:no ,? ?(?:wait|sorry|rather|hang on|hold on)|wait ,? ?no|hold on ,?"
              + " ?no|(?:strike|scratch|scrap|cancel|delete) (?:that|this)\\b|sorry ,? ?(?:i"
              + " (?:mean|meant)|no\\b|not|make (?:that|it)|wrong)|i (?:mean|meant)"
              + " |correction|oops|my mistake|make that|or rather)(?: ,)?");

  /** What was asked for is dropped by its own name. */
  private static final Pattern DROPPED =
      Pattern.compile(
          "\\b(?:actually|no|wait|sorry|second thoughts?|oh|hm+) ,? ?(?:please |let's"
              + " )?(?:scrap|strike|scratch|drop|forget|skip|lose|cancel|leave out|no need for)"
              + " (?:about )?(?:the |all |any |that |those )?([a-z]+)");

  /** Ruled out by pointing back at it. */
  private static final Pattern BACK =
      Pattern.compile(
          "\\b(?:(?:leave|leaves|leaving|keep|take|count|rule) (?:(?:both|all|either) of )?"
              + THING
              + " out\\b|neither of (?:these|them|those|that|the two)|none of"
              + " (?:these|them|those|that) (?:,|please|$)|"
              + THING
              + " (?:one |ones |two |part )?(?:is |are |'s )(?:off the table|off limits|out of"
              + " (?:the question|bounds|scope)|not (?:on|for"
              + " it|wanted|included|allowed|part)|excluded|a no go|forbidden))");

  /** Kept by people, or judged to be wrong. */
  private static final List<Pattern> KEPT =
      List.of(
          Pattern.compile(
              "(?:^|[;:,(-] |\\bbut |\\bwhile )([^;:,(-]*?) (?:stays?|remains?|is left|are left|is"
                  + " kept|will stay|will remain|is still|is) (?:(?:strictly |only |always"
                  + " )?(?:with (?:us|me|people|humans|a human|@h\\d+|the team)|(?:a |the"
                  + " )?(?:job|task|matter|thing) (?:for|of)|(?:reserved )?for"
                  + " (?:us|humans|people|the team)\\b|(?:up to|in the hands of)"
                  + " (?:us|humans|people)|human\\b|ours\\b|our (?:job|task)))"),
          Pattern.compile(
              "(?:^|[;:,(-] |\\bbut |\\bwhile )([^;:,(-]*?) (?:would|will) (?:be|go) (?:wrong|too"
                  + " (?:much|far)|a mistake|unwise|dangerous)\\b"),
          Pattern.compile(
              "\\bleav(?:e|es|ing) ((?:@v|[a-z]+ing\\b)[^;:,-]*?) (?:out|aside|alone|to"
                  + " (?:us|humans|people|me))\\b"),
          Pattern.compile("(@v\\d+(?: @r\\d+)?) (?:: |- |= )?no(?= *(?:$|[,;.]))"),
          Pattern.compile(
              "\\b(?:nothing|none|not one|no [a-z]+) (?:that|which|to) ([^;:,-]*@v[^;:,-]*)"),
          Pattern.compile(
              "\\b(?:forbidden|prohibited|excluded|banned|barred|denied|off limits|ruled out|out of"
                  + " (?:bounds|scope)|not (?:allowed|permitted|wanted)) ?,? (?:and )?(?:so"
                  + " (?:is|are|does|do)|likewise|also|equally|the same (?:goes|holds|applies)"
                  + " (?:for|to)|as (?:is|are)) ([^;:]*)"));

  private Retracted() {}

  /** The words that are put right by later ones, and so say nothing. */
  static Set<Integer> voids(Sentence s) {
    Set<Integer> out = new LinkedHashSet<>();
    Matcher m = CORRECTION.matcher(s.spoken);
    while (m.find()) {
      int at = s.spokenWord(m.start());
      Optional<Item> next = s.items.stream().filter(i -> i.from() >= at && access(i)).findFirst();
      List<Item> before = s.items.stream().filter(i -> i.to() <= at && access(i)).toList();
      Optional<Item.Type> type = next.map(Item::type);
      boolean alike = before.stream().anyMatch(i -> type.equals(Optional.of(i.type())));
      boolean other =
          s.items.stream()
              .filter(i -> i.from() >= at)
              .findFirst()
              .filter(i -> !access(i))
              .isPresent();
      for (Item i : before) {
        // What is put in its place takes the same part; when nothing does, all of it is doubtful.
        if (!other && (!alike || type.equals(Optional.of(i.type())))) {
          mark(i, out);
        }
      }
    }
    Matcher drop = DROPPED.matcher(s.spoken);
    while (drop.find()) {
      int at = s.spokenWord(drop.start());
      String stem = Word.stem(drop.group(1));
      List<Item> verbs =
          s.items.stream().filter(i -> i.to() <= at && i.type() == Item.Type.VERB).toList();
      List<Item> named =
          verbs.stream()
              .filter(i ->
                  s.words.subList(i.from(), i.to()).stream().anyMatch(w -> w.stem().equals(stem)))
              .toList();
      (named.isEmpty() ? verbs : named).forEach(i -> mark(i, out));
    }
    return out;
  }

  private static boolean access(Item i) {
    return switch (i.type()) {
      case VERB, RESOURCE, ENVIRONMENT, TARGET -> true;
      case AGENT, PROCESS, PERSON, TIME -> false;
    };
  }

  private static void mark(Item item, Set<Integer> out) {
    for (int w = item.from(); w < item.to(); w++) {
      out.add(w);
    }
  }

  /** The stretches of speech that are ruled out, as places in the spoken text. */
  static List<int[]> ruledOut(Sentence s) {
    List<int[]> out = new java.util.ArrayList<>();
    Matcher back = BACK.matcher(s.spoken);
    while (back.find()) {
      String lead = s.spoken.substring(0, back.start());
      int from = Math.max(Math.max(lead.lastIndexOf(';'), lead.lastIndexOf(" but ")), 0);
      out.add(new int[] {from, back.start()});
    }
    for (Pattern p : KEPT) {
      Matcher m = p.matcher(s.spoken);
      while (m.find()) {
        out.add(new int[] {m.start(1), m.end(1)});
      }
    }
    return out;
  }
}
