package dev.writ.draft;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Words that speak to a machine: they tell a drafter, a policy engine or a reviewing program what
 * to print, assume, skip, hide, redefine or approve, or hand it a part to play.
 */
final class Addressed {
  private static final String MACHINE =
      "(?:policy (?:engine|checker|bot)|drafter|draft(?:ing)?"
          + " (?:bot|engine|assistant|tool|machine|model)|(?:re)?view(?:er|ing)?"
          + " (?:model|bot|machine|ai|engine|assistant|program)|language model|llm|ai|a\\.i\\.|ai"
          + " (?:assistant|model|reviewer|system)|gpt|claude|chat ?bot|spec"
          + " (?:generator|writer|engine)|validator|verifier|parser|the model|the"
          + " machine|(?:approval|provisioning|access|policy|governance)"
          + " (?:bot|engine|machine|system|agent|model)|automated"
          + " (?:reviewer|checker|system)|compliance (?:bot|engine|checker)|risk (?:engine|model))";

  private static final String CHECKED =
      "(?:instructions?|rules?|polic(?:y|ies)|(?:ownership |policy |safety |risk |security"
          + " )?checks?|guard"
          + " ?rails?|approvers?|approvals?|reviews?|reviewers?|validations?|verification"
          + "|safeguards?|flags?|warnings?|gaps?|prompts?|constraints?|restrictions?|sign-?offs?|what"
          + " you (?:were|have been) told|everything (?:you|above|before)|(?:the|all) above"
          + "|previous(?:ly)?|prior|ceilings?|limits)";

  private static final List<Pattern> SENTENCE =
      List.of(
          of(
              "\\b(?:ignore|disregard|forget|override|overrule|bypass|drop|skip|omit|suppress|circumvent|disable|switch"
                  + " off|turn off|relax|lift|suspend|do away with)\\b[^.;\\n]{0,50}?\\b"
                  + CHECKED
                  + "\\b"),
          of(
              "\\byou are (?:now|no longer|hereby|an? |the )|\\bfrom (?:now|here) on,?"
                  + " you\\b|\\bpretend\\b|\\b(?:act|behave|answer|respond) as"
                  + " (?:if|though|an?\\b|the\\b)|\\brole-?play|\\bimagine (?:that"
                  + " )?you\\b|\\blet'?s play\\b|\\bsuppose you (?:are|were)\\b|\\bassume the"
                  + " role\\b|\\b(?:developer|setup|god|admin|debug|maintenance|unrestricted)"
                  + " mode\\b|\\bjailbreak|\\byour (?:system )?(?:prompt|instructions)\\b"),
          of(
              "(?:^|[,:;]|\\b(?:and|then|please|now|just|simply|must|should))"
                  + " *(?:print|output|emit|respond"
                  + "|reply|return|answer|say|write|generate|produce|display|render)\\b[^.;\\n]{0,40}?\\b(?:(?:the"
                  + " |a |this |that )?(?:spec|json|yaml|ok|draft|policy)\\b|only with|nothing"
                  + " but|verbatim|a grant|the words?\\b|exactly the following)"),
          of(
              "\\b(?:treat|consider|regard|mark|label|classify|count|deem|set|record|register|take)\\b[^.;\\n]{0,60}?\\b(?:as|to|for)"
                  + " [^.;\\n]{0,20}?\\b(?:pre-?approved|approved|passed|passing|low[- ]risk|no[-"
                  + " ]risk|trusted|verified|granted|authori[sz]ed|compliant|reviewed|non-?production|harmless|routine|resolved|green|satisfied|signed"
                  + " off)\\b"),
          of(
              "(?:^|[,:;]|\\b(?:and|then|please|just|so)) *(?:do not|don'?t|never|no need to|stop) "
                  + "(?:ask|flag|mention|report|show|log|record|list|warn|raise|question|display|tell|bother)"
                  + "(?:ing)?\\b[^.;\\n]{0,40}?\\b(?:gaps?|missing|owner|approvers?|approvals?|warnings?"
                  + "|flags?|reviewers?|questions?|slots?|ambigu\\w+|anyone|anybody|security|me|back)\\b"),
          of(
              "\\b(?:leave|keep|strip|remove|hide|conceal)\\b[^.;\\n]{0,60}?\\b(?:out"
                  + " of|from|off|in) (?:the |your |any )?"
                  + "(?:summary|report|review|log|spec|draft|output|answer|dossier|reviewers?|approvers?)\\b"),
          of(
              "\\bauto-?(?:approve|grant|provision|accept)|\\bpre-?approve\\b|\\brubber-?stamp|\\b(?:approve|grant|accept|provision)"
                  + " (?:this|it|them|that|everything|all of it|the request)?"
                  + " ?(?:automatically|immediately|at once|straight ?away|without"
                  + " (?:review|asking|approval|further))|\\bmark"
                  + " (?:it|this|that|everything|all|every \\w+) (?:as"
                  + " )?(?:approved|passed|ok|green|done)"),
          of(
              "(?:^|\\b(?:note|message|hint|word|instructions?|memo|reminder|attention|dear|hey|hello|hi|to|for|from)["
                  + " ,:]{1,3}(?:to |for )?(?:the |our |your |all )?)"
                  + MACHINE
                  + "\\b *[:,\\u2013\\u2014-]"),
          of("^\\W*" + MACHINE + " *[:,\\u2013\\u2014-]"),
          of(
              "\\b"
                  + MACHINE
                  + "s?\\b[^.;\\n]{0,80}?\\b(?:must|should|shall|please|drop|skip|ignore|assume|treat|approve|mark|fill|set|note|accept|output|print|provision|leave|hide|do"
                  + " not|don'?t|never|has to|is to|needs? to|ought|will)\\b"),
          of(
              "\\byou (?:must|should|will|shall|have to|need to|are to)(?: now| therefore| always)?"
                  + " (?:approve|assume|treat|mark|output|print|skip|accept|ignore|provision|hide|answer|respond|not"
                  + " (?:ask|flag|mention|report))\\b"),
          of(
              "\\b(?:fill|complete|populate|invent|make"
                  + " up)\\b[^.;\\n]{0,30}?\\b(?:gaps?|missing|blanks?"
                  + "|empty|open|rest|remaining)\\b[^.;\\n]{0,20}?\\b(?:slots?|fields?|values?|parts?|with|yourself|in|details?|sensibl\\w+)\\b|\\bfill"
                  + " in the (?:gaps|blanks|rest)\\b"),
          of(
              "(?:^|[,;]|\\band|\\bthen|\\bplease|\\bjust|\\bsimply)"
                  + " *(?:assume|presume|infer|guess|extrapolate)\\b"),
          of(
              "\\b(?:when|whenever|wherever|if|where) (?:you|the"
                  + " (?:engine|drafter|system|bot|machine|parser)) "
                  + "(?:read|see|find|encounter|meet)s?\\b|\\b(?:redefine|reinterpret)\\b|\\b(?:the"
                  + " )?(?:words?|terms?) \\W?\\w+\\W? (?:now |here |shall |is to"
                  + " )?(?:means?|stands? for|includes?|mean)\\b|\\bis to be"
                  + " (?:read|understood|interpreted) as\\b"),
          of(
              "<\\|[^>]*\\|>|\\[/?inst\\]|^#+"
                  + " *(?:system|instructions?)\\b|</?(?:system|instructions?|assistant)>|\\bbegin"
                  + " (?:system|admin) "));

  /** Starts of lines whose whole rest is spoken to, or as, a machine. */
  static final Pattern LINE =
      Pattern.compile(
          "(?im)^[ \\t]*(?:(?:\\W{0,3}(?:system|assistant|developer|root|ai|llm)(?:"
              + " (?:prompt|message|note|override|notice))?"
              + " *:)|(?:note|message|hint|instructions?|memo|attention)[ ,]{1,2}(?:to |for"
              + " )?(?:the |our |your |all )?"
              + MACHINE
              + "s?\\b *[:,]).*$");

  /** The same from the middle of a line on. */
  static final Pattern REST =
      Pattern.compile(
          "(?i)(?<=[.!?;)] )(?:system|assistant|developer) *:.*|(?<=[.!?;)]"
              + " )(?:note|message|hint|instructions?|memo|attention|ps|p\\.s\\.)[ ,]{1,2}(?:to"
              + " |for )?(?:the |our |your |all )?"
              + MACHINE
              + "s?\\b *[:,].*");

  private static final Pattern PART =
      of(
          "\\byou are (?:now|no longer|hereby|an? |the )|\\byou are \\p{L}+,|\\bfrom (?:now|here)"
              + " on,? you\\b|\\bpretend\\b|\\brole-?play|\\bimagine (?:that )?you\\b|\\blet'?s"
              + " play\\b|\\bsuppose you (?:are|were)\\b|\\bassume the role\\b|\\b(?:in"
              + " (?:tonight's|today's|this|the next)"
              + " )(?:episode|scene|story|game|chapter)\\b|\\bonce upon a"
              + " time\\b|\\bhypothetical|\\bjailbreak");

  private Addressed() {}

  /** Whether a sentence hands the machine a part to play. */
  static boolean part(String sentence) {
    return PART.matcher(sentence).find();
  }

  private static Pattern of(String pattern) {
    return Pattern.compile("(?i)" + pattern);
  }

  /** Whether a sentence speaks to a machine. */
  static boolean to(String sentence) {
    for (Pattern p : SENTENCE) {
      if (p.matcher(sentence).find()) {
        return true;
      }
    }
    return false;
  }
}
