package dev.writ.draft;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Who is to approve, and who is said to have approved already. */
final class Approvals {
  private static final String APPROVE =
      "(?:approve|agree|sign|sign (?:it |this |that |everything )?off|sign-off|consent|okay|ok|give"
          + " (?:the |his |her |their |a )?(?:ok|okay|nod|go-?ahead|go ahead|green"
          + " light|consent|approval|blessing)|authori[sz]e|countersign|co-?sign|confirm"
          + " (?:it|this)|clear (?:it|this)|say yes|nod|endorse|wave (?:it|this) through|release"
          + " it|decide)";
  private static final List<Pattern> NAMED =
      List.of(
          Pattern.compile(
              "(@h\\d+)(?: ?(?:,|and|or|&) (@h\\d+))?(?: ?(?:,|and|or|&) (@h\\d+))?(?:"
                  + " (?:both|each|also|still|first|then|,|who))* (?:has to|have to|needs?"
                  + " to|must|should|shall|will|is to|are to|ought to|to|may|can|would|is the one"
                  + " to|is going to)(?: (?:also|still|first|please|both|each|then))* "
                  + APPROVE
                  + "\\b"),
          Pattern.compile(
              "\\b(?:approvers?|approvals?(?: (?:from|by|of|comes from|is with|rests with))?|(?:to"
                  + " be |be |gets )approved by|sign-?off(?: by| from| is| of)?|sign off"
                  + " (?:by|from)|(?:to be|be|gets) signed off by|agreement (?:of|by|from)|consent"
                  + " (?:of|by|from)|ok (?:of|by|from)|okay (?:of|by|from)|go-?ahead"
                  + " (?:from|of|by)|green light (?:from|of|by)|nod (?:from|of)|authori[sz]ation"
                  + " (?:from|by|of)|(?:to be|be) authori[sz]ed by|blessing"
                  + " (?:of|from)|countersigned by|approving)(?: (?:is|are|:|=|the|,|will be|shall"
                  + " be|should be|person|manager))* (@h\\d+)(?: ?(?:,|and|&) (@h\\d+))?"),
          Pattern.compile(
              "(@h\\d+)(?: ?(?:,|and) (@h\\d+))?(?: (?:also|then|both))* (?:approves?|signs? (?:it"
                  + " |this |that )?off|agrees|okays|authori[sz]es|countersigns|is (?:the |an?"
                  + " )?approver|gives? (?:the |his |her )?(?:ok|okay|go-?ahead|approval|green"
                  + " light|nod))\\b"),
          Pattern.compile(
              "\\bneeds? (@h\\d+) 's"
                  + " (?:ok|okay|approval|consent|go-?ahead|signature|sign-?off|nod|blessing)"),
          Pattern.compile(
              "\\b(?:ask|wait for|check with|pending|subject to|requires?|needs?) (@h\\d+)(?: 's)?"
                  + " (?:for (?:the |his |her )?)?(?:approval|ok|okay|consent|sign-?off|to"
                  + " approve|to agree|go-?ahead)"));
  private static final List<Pattern> SELF =
      List.of(
          Pattern.compile(
              "\\b(i)(?:'ll| will| can| shall| also| do| hereby| would|'m going to)* (?:also |then"
                  + " |hereby |gladly )?(?:approve|sign (?:it |this |that"
                  + " )?off|authori[sz]e|okay|countersign|ok it)\\b"),
          Pattern.compile(
              "\\b(?:approve[dr]?|approvers?|approval|sign-?off|signed off|authori[sz]ed)(?:"
                  + " (?:by|is|:|=|from|will be|shall be|are))* (me|myself|mine)\\b"),
          Pattern.compile(
              "\\b(my) (?:own )?(?:approval|sign-?off|ok|okay|consent|signature)"
                  + " (?:is|should|will|must|does|suffices|counts)"));
  private static final Pattern CLAIMED =
      Pattern.compile(
          "\\b(?:has|have|had|he's|she's|they've|already|just|was|were|is|been|got|kindly|verbally|informally|all)(?:"
              + " (?!to\\b|be\\b|not\\b|n't\\b|must\\b)[a-z]+){0,3}? (?:approved|agreed(?:"
              + " to)?|signed (?:it |this |that"
              + " )?off|okayed|ok'?d|ok'ed|consented|authori[sz]ed|blessed|waved (?:it |this"
              + " )?through|green-?lit|given (?:me |us )?(?:his|her|the|their|an?)"
              + " (?:ok|okay|go-?ahead|approval|consent|blessing|nod|green"
              + " light|permission))\\b|\\bapproved (?:from|on)"
              + " (?:my|our|his|her|the|their)\\b|\\bpre-?approved\\b|\\b(?:approval|consent|sign-?off|go-?ahead|permission|ok|okay)(?:"
              + " (?:is|was|has been|have been))? (?:already )?(?:given|granted|obtained|in"
              + " place|received|attached|on file|exists|secured|there already|came)|\\bwith (?:the"
              + " )?(?:full |explicit |verbal |written"
              + " )?(?:approval|consent|blessing|ok|agreement|permission|okay)"
              + " (?:of|from)\\b|\\b(?:gave|gives|got|have|received|obtained|has)(?: \\w+){0,3}?"
              + " (?:his|her|the|their|an?|'s|verbal|written)?"
              + " ?(?:approval|ok|okay|go-?ahead|consent|blessing|green"
              + " light|sign-?off|nod|permission)\\b(?! (?:from me|to))|\\bsaid (?:yes|ok|okay|it"
              + " was (?:ok|fine|okay)|it's (?:ok|fine|okay)|that's (?:ok|fine))|\\b(?:is|are)"
              + " (?:fine|ok|okay|happy|cool|good) with (?:it|this|that)\\b|\\bsigned (?:it |this"
              + " |that )?off (?:already|yesterday|last|on|this|in)\\b|(?<!be )(?<!get )(?<!gets"
              + " )\\bapproved"
              + " (?:this|it|that|already|yesterday|last|verbally|in|by|us|me)\\b|\\b(?:verbally|already)"
              + " (?:approved|agreed|okayed|signed off)\\b|(?:^|[.,;]"
              + " )(?:approved|agreed|ok'?d|cleared)(?: (?:by|with))\\b|\\bcleared (?:it |this"
              + " |that )?with\\b|\\bticked (?:it |this )?off\\b|\\bapproved\\.");
  private static final Pattern NOT_YET =
      Pattern.compile(
          "\\b(?:to be|must be|needs? to be|should be|has to be|have to be|will be|shall be|can"
              + " be|may be|not been|not yet|n't been|until|once|if|when|before|as soon"
              + " as|unless|get|after) (?:\\w+ ){0,4}(?:approved|agreed|signed"
              + " off|authori[sz]ed)|\\b(?:not|nobody|no one|n't|never|yet to|waiting"
              + " for|pending|need|needs|without)\\b[^.;]{0,40}\\b(?:approv|agree|sign|consent|ok\\b)");

  private Approvals() {}

  /** The people who are to approve. */
  static List<Item> named(Sentence s) {
    Set<Item> out = new LinkedHashSet<>();
    for (Pattern p : NAMED) {
      s.named(p).stream().filter(i -> i.type() == Item.Type.PERSON).forEach(out::add);
    }
    return List.copyOf(out);
  }

  /** Whether the requester is to approve. */
  static boolean self(Sentence s) {
    return SELF.stream().anyMatch(p -> p.matcher(s.spoken).find());
  }

  /** Whether a text claims that somebody has approved. */
  static boolean claimed(String text) {
    for (String sentence :
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[\"\u201c\u201d\u2019`]", "'")
            .split("(?<=[.!?;\\n])|, (?=but|and|so)", -1)) {
      if (CLAIMED.matcher(sentence.strip()).find() && !NOT_YET.matcher(sentence).find()) {
        return true;
      }
    }
    return false;
  }
}
