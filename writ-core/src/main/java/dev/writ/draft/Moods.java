package dev.writ.draft;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a sentence wants, and which of its words say nothing about what is wanted. */
final class Moods {
  private static final String LEAD =
      "^(?:(?:please|pls|plz|kindly|could|can|would|will|may|you|u|we|i|need|needs|want|wants|have|like|to|'d|i'd|we'd|also|then|and|so|now|just|immediately|asap|urgent|urgently|hi|hello|hey|dear|team|all|folks|,|:|-|ok|okay|today|right|away|be|so|kind|as|let's|lets|us|let|must|should|somebody|someone|go|ahead|it"
          + " is time|its time|time|do the needful|there) ?)*";
  private static final String HELD =
      "(?:access|rights?|permissions?|grants?|privileges?|entitlements?|logins?|keys to)";
  private static final String OFF = "(?:off|down|away|out|completely|entirely)";

  private static final List<Pattern> REVOKES =
      List.of(
          of(
              LEAD
                  + "(?:revoke|rescind|deactivate|decommission|deprovision|unprovision|strip|unplug|retire|offboard)\\b"),
          of("\\b(?:revoke|rescind|deprovision) (?:the |all |its |every |any )?(?:@|" + HELD + ")"),
          of(
              LEAD
                  + "(?:disable|terminate|withdraw|remove|pull|suspend|cancel|end|stop|drop|delete|kill|block|lock|freeze|lift|undo|close|clear|ground|quit|halt)"
                  + " (?:the |all |its |their |any |every |of |both )*(?:@a\\d+|"
                  + HELD
                  + "|that|it|this)\\b(?! (?:@d|for @d))"),
          of(
              LEAD
                  + "(?:switch|shut|turn|take|cut|close|lock|put|throw|kick|pull) (?:[^;.]*?"
                  + " )?(?:@a\\d+|it|"
                  + HELD
                  + "|that)(?: 's)? (?:[^;,.]*? )?"
                  + OFF),
          of(LEAD + "(?:switch|shut|turn|cut|lock|kick|throw|take) (?:off|down|out|away) "),
          of(
              "\\b(?:take|takes|taking|strip|remove|pull|withdraw|revoke|drop|cut|delete)\\b[^;.]*?"
                  + " (?:away |back )?(?:from|off) (?:the |our )?@a\\d+"),
          of(
              "@a\\d+ [^;.]*?\\b(?:not|mustn't|can't|cannot|shouldn't|never)\\b(?! be"
                  + " (?:kept|prevented|blocked|barred|stopped|hindered|held|denied))[^;.,]*?\\bany"
                  + " ?(?:more|longer)\\b(?! than)"),
          of(
              "@a\\d+(?: 's)? (?:[^;,.]*? )?(?:must|should|has to|have to|is to|needs?"
                  + " to|shall|ought to|will have to)(?: now| please| immediately| also)*"
                  + " (?:stop|cease|quit|give up|lose|leave off|refrain)\\b"),
          of(
              "@a\\d+ (?:[^;,.]*? )?(?:should|may|must|can|shall|is|will|does|gets?)?(?: now|"
                  + " therefore)? ?no longer"
                  + " (?:gets?|is|be|may|can|should|has|have|allowed|permitted|@v|to"
                  + " be|able|read|see|write|use|access)"),
          of(
              "(?:@a\\d+|access|rights|grant|permissions?)(?: 's)? (?:[^;,.]*? )?(?:must|should|has"
                  + " to|have to|is to|are to|needs? to|to|can|may) (?:please |now |immediately"
                  + " )*(?:end|go|be (?:revoked|removed|withdrawn|taken"
                  + " away|terminated|cancelled|pulled|ended|stopped|switched off|shut"
                  + " (?:down|off)|turned"
                  + " off|deactivated|disabled|retired|cut|dropped|rescinded))\\b"),
          of(
              "\\b(?:get rid of|pull the plug on|put an end to|put a stop to|make sure (?:that"
                  + " )?@a\\d+ (?:can|may) no longer|no more) (?:[^;,.]*? )?@a\\d+"),
          of("@a\\d+ (?:loses|is done|is out)\\b"));

  private static final List<Pattern> EXTENDS =
      List.of(
          of(
              "\\b(?:extend|prolong|lengthen|stretch|top up|push (?:out|back)|roll over)\\b"
                  + " (?!orders|letters)"),
          of(
              "\\b(?:extension|prolongation|renewal) (?:of|for|by|on)\\b|\\b(?:an|the)"
                  + " extension\\b"),
          of(
              "\\b(?:have|get|be|like|want|need|needs) (?:[^;.]*?"
                  + " )?(?:extended|prolonged|lengthened|renewed)\\b"),
          of(
              "\\b(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few)"
                  + " (?:more|extra|additional|further)"
                  + " (?:minutes?|hours?|days?|weeks?|months?|sprints?) for @a"),
          of(LEAD + "renew(?:s|ing)? (?:the |its |our |my )?(?:@a|" + HELD + "|it\\b|@v)"),
          of(
              "\\b(?:keep|keeps|retain|retains|hold on to|leave)\\b(?! (?:it |them |that |@a\\d+"
                  + " )?(?:away|out|off|clear|from|its (?:hands|fingers)|in mind|to)\\b)[^;.]*?"
                  + " (?:@d|longer|going)"),
          of(
              "\\b(?:continue|continues|carry on|carries on|go on|stay on|remain|run on)\\b[^;.]*?"
                  + " (?:@d|longer)"),
          of(
              "\\b(?:another|extra|additional|further|more) @d|@d (?:more|longer|extra|on"
                  + " top|further)\\b"),
          of(
              "\\b(?:needs?|give|for|want|wants|run|stay|have) (?:[^;,.]*? )?(?<!no )(?<!any"
                  + " )longer\\b(?! than)"));

  private static final List<Pattern> OWNERSHIP =
      List.of(
          of(
              "\\bhand(?:s|ed|ing)? [^;.]*?(?:over|on|across|down)? ?(?:from [^;.]*? )?to"
                  + " (?:@h|me\\b|[a-z])"),
          of(
              "\\b(?:transfer|reassign|move|pass|switch|change|give|shift|turn"
                  + " over)\\b[^;.]*?\\b(?:ownership|owners?|responsib\\w+|grant|accountability)\\b[^;.]*?"
                  + " (?:to|from|into|:)"),
          of(
              "\\b(?:make|put|set) (?:@h\\d+|me) (?:as |in |to be )?(?:the )?(?:new"
                  + " )?(?:owner|charge|responsible)"),
          of("\\bnew owner\\b|\\b(?:change|switch|swap|replace) (?:of )?(?:the )?owner"),
          of(
              "@h\\d+ (?:takes?|will take|to take|is taking|should take|is to take|taking|shall"
                  + " take) (?:it |this |that |@a\\d+ )?over\\b(?! for)|\\bi(?:'ll| will| am)?"
                  + " tak(?:e|ing) (?:over )?@a\\d+"),
          of(
              "\\b(?:ownership|owner|responsibility)\\b[^;.]*?\\b(?:moves?|goes|passes|changes?|switches|should"
                  + " (?:go|move|change|pass)|is to (?:go|move|change|pass))\\b"),
          of(
              "\\b(?:should|shall|will|must|is to|are to|to)(?: now)? belong to"
                  + " (?:@h|me)|\\bbelongs? to (?:@h\\d+|me) (?:from now on|instead|now)"),
          of(
              "\\bowner(?:ship)?\\b[^;.]*? instead of\\b|\\bfrom now on (?:@h\\d+|i)"
                  + " (?:own|answer|am|is)"),
          of("\\bre-?assign\\b|\\bre-?home\\b"));

  private static final List<Pattern> NARROWS =
      List.of(
          of(
              LEAD
                  + "(?:cut|narrow|restrict|reduce|limit|trim|downgrade|scale|confine|shrink|pare|bring|shorten|tighten|dial|prune|slim|lower|take)"
                  + " (?:[^;.]*? )?(?:@a\\d+|"
                  + HELD
                  + "|it)(?: 's)?(?: [^;.]*?)? (?:(?:back|down) (?:to|on)|to (?:only |just )?(?:the"
                  + " |a )?@|to (?:read|just|only)|down\\b)"),
          of(
              "@a\\d+ (?:should|shall|must|may|is to|can|needs? to)?(?: now| from now on)?"
                  + " ?(?:only|just) (?:keep|keeps|retain|retains|hold)\\b"),
          of("@a\\d+ (?:keeps?|retains?) (?:only|just|nothing but)\\b"),
          of(LEAD + "(?:downgrade|narrow|slim down|pare down|trim)\\b[^;.]*?@a"));

  private static final Pattern ASKING =
      of(
          "^(?:and |but |so |also |ps |p s |by the way |btw |hi |hello |hey |dear |@h\\d+ |h+m+ |um"
              + " |uh |well |, |oh |one more |then"
              + " )*(?:who|whom|whose|what|which|why|when|where|how|does|do|did|is|are|was|were|has|have|had|should|shall|whether|isn't|aren't|don't|doesn't|any"
              + " idea|anyone know|anybody know|would it|am i|must|am)\\b");
  private static final Pattern OPINION =
      of(
          "\\b(?:i wonder|i'd (?:like|love) (?:to know|your)|i would (?:like|love) (?:to"
              + " know|your)|i am curious|i'm curious|curious (?:whether|if)|your"
              + " (?:view|opinion|advice|take|thoughts)|what do you (?:think|make)|let me know"
              + " (?:if|whether|what|which|who|how)|please (?:advise|explain|tell (?:me|us))|could"
              + " you (?:tell|explain|advise|check (?:if|whether)|confirm"
              + " (?:if|whether|that|which))|can you (?:tell|explain|advise|check"
              + " (?:if|whether)|confirm (?:if|whether))|do you (?:know|think|happen)|is it"
              + " (?:ok|okay|wise|safe|true|right|allowed|a good idea)|would it be"
              + " (?:wise|ok|okay|safe|sensible|smart|risky|right|better|a"
              + " good|too|allowed|permitted|enough)|make sense|a good idea|any"
              + " objections?|thoughts)\\b");
  private static final Pattern POLITE =
      of(
          "^(?:[^;:.]*?[,:-] |hi |hello |hey |morning |good morning |dear \\w+ |@h\\d+ |and |also"
              + " |so |please |pls |quick one |hiya )*(?:please"
              + " )?(?:(?:can|could|may|might|will|would)(?: please| kindly)?"
              + " (?:you|u|we|i|somebody|someone|anyone|anybody|one|it|they|an? |the |my |our"
              + " |@a|@h|this|that|both)|(?:is|would) (?:it|there)(?: be)? (?:possible|feasible|any"
              + " (?:way|chance))|would you mind|any chance|is there a way|could i|can i|may"
              + " i|would you be so)");
  private static final Pattern STATE =
      of(
          "\\b(?:already|currently|at the moment|at present|right now|these days|nowadays|by"
              + " default|still|yet|so far|ever|in general|normally|theoretically)\\b");

  private static final Pattern ANNOUNCES =
      of(
          "\\b(?:heads[ -]up|fyi|for your information|just so (?:that )?(?:you|everybody|everyone)"
              + " knows?|just to let you know|just letting you know|for info(?:rmation)?(?:"
              + " only)?\\b|we (?:plan|intend|hope|expect|are planning|'re planning|are"
              + " thinking|'re thinking|are considering|are hoping|aim)"
              + " (?:to|of|about|on)?|planning to|thinking (?:about|of)|considering|we're"
              + " considering|(?:we|i|they) (?:have |had )?(?:decided|agreed|chosen|opted) (?:not"
              + " to|against)|decided not|never ?mind|forget (?:about )?(?:my|the|it|that|what"
              + " i)|no need (?:for|to)|not needed any ?more|can (?:\\w+ |@[a-z]\\d+"
              + " ){0,5}again\\b|that did it|works? (?:now|again|fine)|all"
              + " (?:good|sorted|set)\\b|problem solved|has been"
              + " (?:fixed|done|restored|sorted)|will (?:raise|file|submit|send|open|follow with)"
              + " (?:a |the |another |an )?(?:request|ticket)|a (?:separate )?request (?:will"
              + " )?follows?|ticket to follow|in the pipeline|on the roadmap|coming"
              + " soon|announcement|we announce|proud to|(?:have|has|had) not (?:yet )?(?:been"
              + " )?decided|(?:not|n't) (?:yet )?decided|(?:will be|is being|was|has been)"
              + " (?:introduced|presented|shown|demonstrated|unveiled))\\b");
  private static final Pattern PRAISE =
      of(
          "\\b(?:(?:great|good|nice|lovely|brilliant|fantastic|excellent|super|amazing)"
              + " (?:work|job|stuff|one)|well done|works? like a (?:charm|dream|treat)|works?"
              + " (?:beautifully|perfectly|nicely)|kudos|congrat\\w+|bravo)\\b");
  private static final Pattern EXPECTED =
      of(
          "\\bwill (?:see|get|notice|experience|have|encounter)"
              + " (?:errors|outages|failures|warnings|interruptions|delays|downtime)\\b");
  private static final Pattern ASKED =
      of(
          "\\b(?:please|pls|should|shall|must|may|needs?|let|allow|give|grant|can|could|enable|add|want|wants|would"
              + " like)\\b");
  private static final Pattern NO_REQUEST =
      of(
          "\\b(?:no action (?:needed|required|yet|from)|nothing (?:for you )?to do|nothing"
              + " needed|not a request|no request|isn't a request|this is not (?:yet )?a"
              + " request|^(?:please )?do nothing\\b|don't do anything|do not do anything|no need"
              + " to do anything|please don't act|don't set (?:anything|it) up)\\b");
  private static final Pattern CONDITION =
      of(
          "^(?:[^;:.]{0,40}?[:-] )?(?:if|once|as soon as|provided|assuming|should|in"
              + " case|supposing|when)\\b(?! (?:that|this|it)(?:'s| is| be|s)?"
              + " (?:ok|okay|fine|possible|alright|all right)| possible| you (?:can|could|don't|do"
              + " not|have|would|agree)| not\\b| need| necessary| so\\b| i may| we may| at all| i"
              + " could)[^;.]*?,");

  private static final Pattern LONGER =
      of(
          "\\b(?:extend|prolong|lengthen|stretch|renew)(?:s|ed|ing)?"
              + " (?:it|that|this|its|the|by|to|until|for)\\b");
  private static final Pattern MORE =
      of(
          "^(?:.* )?(?:get|have|give|need|needs|want|for) (?:us |it |another"
              + " )?(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
              + " (?:more|extra|additional|further) (?:hours?|days?|weeks?|months?|sprints?)\\b");
  private static final Pattern ABLE =
      of(
          "^(?:so |and |but |hi |hello |, |h+m+ |um |well )*(?:(?:can|could|would) (?:the )?@a\\d+"
              + " (?:even|really|actually|already|currently|theoretically)\\b|can (?:the"
              + " )?@a\\d+\\b(?!.*(?:please|pls|@d|@h|@p)))");
  private static final Pattern PENDING =
      of("\\b(?:as soon as|once|when|after|if|the moment|the day|until|unless|then)\\b");

  private Moods() {}

  static Pattern of(String pattern) {
    return Pattern.compile(pattern);
  }

  /** What one stretch of speech is. */
  enum Mood {
    GRANT,
    EXTEND,
    OWNERSHIP,
    NARROW,
    REVOKE,
    QUESTION,
    NOTHING
  }

  static boolean any(List<Pattern> patterns, String text) {
    return patterns.stream().anyMatch(p -> p.matcher(text).find());
  }

  static boolean refusesAll(Sentence s) {
    return s.spoken.length() > 0 && NO_REQUEST.matcher(s.spoken).find();
  }

  static Mood of(Sentence s, String spoken, boolean asks) {
    boolean question = asks && s.to - s.from > 2;
    if (question && ABLE.matcher(spoken).find()) {
      return Mood.QUESTION;
    }
    boolean polite = POLITE.matcher(spoken).find() && !(question && STATE.matcher(spoken).find());
    if (OPINION.matcher(spoken).find() && (question || !polite)) {
      return Mood.QUESTION;
    }
    if (question && !polite && ASKING.matcher(spoken).find()) {
      return Mood.QUESTION;
    }
    if (question
        && POLITE.matcher(spoken).find()
        && STATE.matcher(spoken).find()
        && !spoken.contains("please")) {
      return Mood.QUESTION;
    }
    if (any(REVOKES, spoken)
        && PENDING.matcher(spoken).find()
        && !spoken.contains("@a")
        && !spoken.contains("@r")) {
      return Mood.NOTHING;
    }
    if ((PRAISE.matcher(spoken).find() || EXPECTED.matcher(spoken).find())
        && !ASKED.matcher(spoken).find()) {
      return Mood.NOTHING;
    }
    if (ANNOUNCES.matcher(spoken).find() || CONDITION.matcher(spoken).find()) {
      return Mood.NOTHING;
    }
    boolean agent = spoken.contains("@a") || spoken.contains("grant");
    if (any(OWNERSHIP, spoken) && agent && !spoken.contains("@v")) {
      return Mood.OWNERSHIP;
    }
    if (any(NARROWS, spoken)) {
      return Mood.NARROW;
    }
    if ((any(EXTENDS, spoken)
            || MORE.matcher(s.plain).find()
            || LONGER.matcher(s.plain).find() && !spoken.contains("@v"))
        && !any(REVOKES.subList(0, 2), spoken)) {
      return Mood.EXTEND;
    }
    return any(REVOKES, spoken) ? Mood.REVOKE : Mood.GRANT;
  }

  private static final List<Pattern> VOID =
      List.of(
          of("\\bwhether\\b[^;:]*"),
          of(
              "(?:^|[;:,-] |\\b(?:and|then|but) )(?:we|i|they)(?:'ll| will| may| might| shall|"
                  + " would| could) (?:\\w+ )?(?:come"
                  + " back|ask|request|raise|apply|see|talk|decide|file|follow|return|get"
                  + " back|do|need|want|look|add|tackle)\\b[^;]*"),
          of(
              "[^;:,(-]*(?<!no )(?<!not )\\b(?:later(?! than)|for another"
                  + " (?:day|request|time|ticket)|(?:second|next|later|future|separate)"
                  + " (?:step|phase|request|stage|ticket)|not yet|not now|afterwards|eventually|one"
                  + " day|some ?day|in (?:the |near )*future|down the (?:road|line)|next"
                  + " time|another time|separately|to be decided|open question|undecided|comes?"
                  + " next|remains? to be seen|is for [^;,]*? to"
                  + " (?:say|decide)|perhaps|maybe|possibly|might)\\b[^;:,-]*"),
          of(
              "\\b(?:because|since|although|though|whereas|seeing that|given that|now that|in"
                  + " case|as soon as|as long as|unless|(?<!and )while(?!"
                  + " (?:also|at))|after|before|until|till|once|whenever|when|(?<!grateful"
                  + " )(?<!glad )(?<!happy )(?<!great )(?<!nice )(?<!good )(?<!helpful )(?<!kind"
                  + " )(?<!lovely )(?<!it )(?<!pleased )(?<!ideal )(?<!best )(?<!wonderful"
                  + " )(?<!useful )(?<!handy )(?<!obliged )if|even if|ever since|due to|thanks"
                  + " to|owing to)\\b[^;]*?(?=, |;|: |$|- |\\) )"),
          of(
              "\\bso that (?!(?:it|they|@a\\d+|the agent|she|he) (?:can|may|could|is"
                  + " able|might|will))[^;]*?(?=, |;|$|- |\\) )"),
          of(
              "\\b(?:like|just as|as|same as|unlike|similar to|compared (?:with|to)|rights?"
                  + " of|what) (?:the one |that )?@a\\d+(?: 's)?"
                  + " (?:does|has|had|do|gets?|already|can|is doing|holds?|today|now)\\b"),
          of("\\b(?:as|than|unlike|similar to|compared (?:with|to)|modelled on|based on) @a\\d+"),
          of("\\b(from (?:the )?@e\\d+(?: @r\\d+)?)(?= (?:over |across )?(?:to|into|onto)\\b)"),
          of(
              "@r\\d+ (?:is|was|has been|are|were|went|goes|had|will be|crashed|failed|keeps)"
                  + " (?:down|slow|broken|offline|back|being|dead|unavailable|shut|closed|out|new|old|full)\\b[^;,-]*"),
          of(
              "\\b(?:quote|quoting|ticket|incident|change|message|mail|e-mail|email|call|talk|chat|meeting|letter|report)"
                  + " (?:from|of|by|with|about) [^;,:]*?(?=, |;|: |$|- )"),
          of(
              "\\b(?:taken|held|had|got|used to have|given|has had|so far had)"
                  + " (?:earlier|before|previously|until now|so far)\\b[^;,]*"),
          of(
              "\\b(?:what|anything|everything|whatever|rights|access) (?:it |they |@a\\d+"
                  + " )?(?:held|had|got|was given) [^;]*?(?:may|can|could|should)"
                  + " (?:lapse|go|expire|run out)\\b[^;]*"),
          of(
              "\\b(?:no longer|not|n't|doesn't|does not|won't|don't|hardly|never) (?:really"
                  + " |actually |currently )?(?:needs?|used?|uses|require[sd]?|useful|of (?:any"
                  + " )?use)\\b[^;,-]*"),
          of("\\b(?:no|little) (?:use|need|good) (?:for|to|of|at)\\b[^;,-]*"),
          of(
              "@[rv]\\d+ [^;,@-]{0,40}\\b(?:of no use|useless|may (?:well )?(?:lapse|expire|run"
                  + " out)|can lapse|not needed|no longer needed|may go)\\b[^;,-]*"));

  /** The words of which nothing becomes scope, though they are the requester's own. */
  static Set<Integer> voids(Sentence s) {
    Set<Integer> out = new LinkedHashSet<>();
    for (Pattern p : VOID) {
      Matcher m = p.matcher(s.spoken);
      while (m.find()) {
        int g = m.groupCount() > 0 && m.group(1) != null ? 1 : 0;
        for (int w = s.spokenWord(m.start(g));
            m.end(g) > m.start(g) && w <= s.spokenWord(m.end(g) - 1);
            w++) {
          out.add(w);
        }
      }
    }
    out.addAll(Retracted.voids(s));
    return out;
  }

  private static final Pattern RIGHT =
      of(
          "\\b(?:(?:(?<!need )(?<!needs )not(?! (?:be"
              + " (?:kept|prevented|blocked|barred|stopped|hindered|limited|held"
              + " back)|only|just|yet|merely|later|more|less|exceed|until|before|after|sure|least|longer|to"
              + " exceed|needed|required|as|even necessarily|all|every|a"
              + " request|so|that|because|the least|further)\\b)|never(?!"
              + " (?:more|less|ends?|expires?|runs?|mind|longer|ending))|cannot|can't|mustn't|shouldn't|won't|don't|doesn't|shan't|mayn't|couldn't|isn't|aren't|neither|nor|without(?!"
              + " (?:end|an end|expiry|limit|limits|asking|delay|supervision|any|anyone|anybody|a"
              + " human|further|human|someone|somebody|stopping|interruption|expiration|a"
              + " date|@d|people|having|being|date|me|us|a"
              + " fixed|fixed|approval|review|waiting|needing)\\b)|no(?!"
              + " (?:more|longer|later|less|fewer|end|expiry|one|problem|rush|matter|need|limit|other|further|idea|hurry|worries|wait|sorry|rather|use|purpose|owner|doubt|human|supervision|time|expiration|sense|@d|bigger|person|such|deadline|date|request|action|and|matter)\\b)|except(?:ing)?(?:"
              + " for)?|excluding|excl|excludes?|exclude|other than|apart from|aside from|save(?:"
              + " for)?(?= @)|(?:anything|anywhere|everything|everywhere|all|any \\w+|every"
              + " \\w+|nothing) but|bar(?= @)|barring|minus|sans|outside(?: of)?|ban(?:ned)?"
              + " from|forbid(?:den)? (?:to|from)|forbid|prohibited (?:to|from)|barred from|away"
              + " from|out of(?= @[er])|clear of|hands off|fingers off|paws off|refrain(?:s)?"
              + " from|avoid(?:s)?|deny|denied|rather than|instead of|as opposed to|nowhere"
              + " near|nothing to do with|keep(?:s)? (?:it|them|@a\\d+|that) (?:off|from|out"
              + " of)|stay(?:s)? (?:off|out of|away from)|leav(?:e|es|ing) out|far"
              + " from|disallow|withhold|omit)(?![a-z]))");
  private static final Pattern ONLY =
      of(
          "\\b(?:do not|don't|not|never|no|nothing|may not|must"
              + " not|cannot|can't|shouldn't)\\b[^;,.]{0,40}?\\b(?:(?:anything|nothing|any"
              + " more|other|else) (?:but|except|beyond|than|apart from|besides)|but(?= @v| to"
              + " @v)|except)\\b|\\bnothing (?:but|except|beyond|other than|more than|apart"
              + " from)\\b");
  private static final Pattern SCOPE_END =
      of(
          "(?:;|: |- |\\( |\\) |(?<!either )\\bbut\\b(?! not| never| no )|, (?!@v|@e|@r|and @|or"
              + " @|nor |and not|or |and never|neither|@t)|\\band (?:@a|@d|@h|@p|it |they"
              + " |please|let|give|owner|is |are |can |may |should|must|for"
              + " |only)|\\bonly\\b|\\bfor @|\\buntil\\b|\\bthough\\b|\\bhowever\\b|$)");
  private static final Pattern LEFT =
      of(
          "(?:^|[;:,(-] |\\bbut |\\bwhile |\\bwith |\\bhowever )((?:@[vr]\\d+ (?:@r\\d+ )?,"
              + " )*[^;:,(-]*?@[vre][^;:,(-]*?) (?:(?:is|are|remains?|stays?|be|being|must"
              + " be|should be|to be|shall be) )?(?:strictly |explicitly |also |hereby |however"
              + " |both |all |definitely |absolutely |still )*(?:excluded|off[ -]limits|out of"
              + " (?:bounds|scope|the question|reach)|not (?:allowed|permitted|included|part of"
              + " (?:this|it)|wanted|to be touched|ok|okay|covered|in scope|on the"
              + " table|available|an option|for it)|forbidden|prohibited|taboo|ruled out|a no["
              + " -]go|barred|left out|excepted|no["
              + " -]go|blocked|denied|tabu|untouchable|disallowed|withheld|banned|none of its"
              + " business)\\b");

  /** "Must not any more" takes away what is there. */
  private static final Pattern ENDED =
      of(
          "^(?:not|never|mustn't|can't|cannot|shouldn't)\\b(?! be"
              + " (?:kept|prevented|blocked|barred|stopped|hindered|held|denied))[^;.,]*?\\bany"
              + " ?(?:more|longer)\\b(?! than)");

  /** The words that say what is not wanted. */
  static Set<Integer> negated(Sentence s) {
    Set<Integer> out = new LinkedHashSet<>();
    Matcher m = RIGHT.matcher(s.spoken);
    while (m.find()) {
      if (ENDED.matcher(s.spoken.substring(m.start())).find()) {
        continue;
      }
      Matcher end = SCOPE_END.matcher(s.spoken);
      int stop = end.find(m.end()) ? end.start() : s.spoken.length();
      mark(s, m.end(), stop, out);
    }
    // "Nothing but", "not anything except": that is what is wanted.
    Matcher but = ONLY.matcher(s.spoken);
    while (but.find()) {
      Set<Integer> wanted = new LinkedHashSet<>();
      Matcher end = SCOPE_END.matcher(s.spoken);
      mark(s, but.start(), end.find(but.end()) ? end.start() : s.spoken.length(), wanted);
      out.removeAll(wanted);
    }
    Matcher left = LEFT.matcher(s.spoken);
    while (left.find()) {
      mark(s, left.start(1), left.end(1), out);
    }
    Retracted.ruledOut(s).forEach(part -> mark(s, part[0], part[1], out));
    return out;
  }

  private static void mark(Sentence s, int start, int stop, Set<Integer> out) {
    if (stop <= start) {
      return;
    }
    int first = s.spoken.charAt(Math.min(start, s.spoken.length() - 1)) == ' ' ? start + 1 : start;
    if (first >= stop) {
      return;
    }
    for (int w = s.spokenWord(first); w <= s.spokenWord(stop - 1); w++) {
      out.add(w);
    }
  }
}
