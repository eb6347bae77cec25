package dev.writ.draft;

import java.util.Set;
import java.util.regex.Pattern;

/** How people say what fills no slot: waivers, keys, logins, delegation, claims, chores. */
final class Heard {
  static final Pattern EXCEPTION =
      of(
          "\\b(?:waiver|waive|exception(?: from| to| for)?|exempt(?:ion|ed)?|dispensation|emergency"
              + " (?:bypass|access|override|change)|break[-"
              + " ]?glass|bypass|by-pass|derogation|override|special permission|one-off"
              + " permission|outside (?:the )?(?:change )?(?:freeze|embargo|policy|rules)|despite"
              + " the (?:freeze|embargo|policy|ban|rule)|(?:ignore|lift|suspend|skip) the"
              + " (?:freeze|embargo|ban)|even though the (?:freeze|embargo|ban|policy))\\b");
  static final Pattern NO_EXCEPTION =
      of("\\b(?:no|without|not|any) (?:an? )?(?:exception|waiver|bypass)");
  static final Pattern STATIC =
      of(
          "\\b(?:(?:static|permanent|long[- ]lived|non[- ]expiring|lasting|unlimited|never[-"
              + " ]expiring|durable|eternal|fixed|hard[-"
              + " ]?coded|everlasting|standing|persistent|perpetual|service account) (?:api |access"
              + " |secret |service"
              + " )?(?:keys?|tokens?|secrets?|passwords?|credentials?|certificates?|logins?)|(?:keys?|tokens?|secrets?|passwords?|credentials?|certificates?|pat|logins?)(?:"
              + " \\w+){0,3}? (?:without (?:an? )?(?:end|expiry|expiration|limit)|that"
              + " (?:never|does not|doesn't|won't|will not|do"
              + " not|don't|lasts?|stays?|keeps?)|with(?:out| no) (?:an?"
              + " )?(?:end|expiry|expiration)|for (?:ever|good|always)|which (?:never|does"
              + " not|doesn't|won't)|never expires?|valid (?:for ever|forever|indefinitely)|not to"
              + " expire)|(?:an?|the|its own|some|one|own)"
              + " (?:api|access|secret|static|service|bearer|personal access)"
              + " (?:key|token|secret|credential|password)s?|api[- ]keys?\\b|personal access"
              + " token|client secret|(?:put|store|keep|save|bake|write|paste|drop) (?:\\w+"
              + " ){0,3}(?:key|token|password|secret|credential)s? (?:in|into) (?:the |its"
              + " )?(?:config|code|env|environment variable|file|script|image|repo))");
  static final Pattern NO_STATIC =
      of(
          "\\b(?:no|without|not|never|instead of|rather"
              + " than|rotate|renew|draw|fetch|deposit|store|obtain|replace|put|read|roll) (?:an?"
              + " |the |any |its )?(?:static |api |access |long-lived |permanent |secret"
              + " )*(?:keys?|tokens?|secrets?|passwords?|credentials?)");
  static final Pattern SHARED_ACCOUNT =
      of(
          "\\b(?:shared|common|group|team|functional|generic|joint|team's|departmental|collective)"
              + " (?:\\w+ )?(?:accounts?|logins?|user(?: account)?|credentials?|mailbox"
              + " login|password|sign-?in|id|identity)\\b|\\b(?:team|department|group|office|ward|crew|shop)(?:"
              + " 's)? (?:shared"
              + " )?(?:account|login|credentials|password|sign-?in)\\b|\\b(?:account|login) (?:that"
              + " )?(?:we all|everybody|everyone|the team|all of us) (?:uses?|shares?)");
  static final Pattern HUMAN_LOGIN =
      of(
          "\\b(?:(?:my|his|her|our|their|@h\\d+ 's|a colleague 's|somebody 's|someone 's|an"
              + " employee 's|a person 's) (?:own |personal |user |normal |admin |windows |vpn"
              + " |domain )*(?:account|login|log-?in|password|credentials?|user(?: account| id|"
              + " name)?|sign-?in|badge|session|identity)|under (?:my|his|her|@h\\d+ 's)"
              + " (?:name|user|account|login|identity)|(?:log|logs|sign|signs|logged|signed)(?:ging|ing)?"
              + " (?:in|on) (?:as|with|under) (?:me|@h\\d+|my|a (?:person|user|human)|somebody)|as"
              + " (?:me|myself)\\b|impersonat\\w+ (?:me|@h)|with (?:my|@h\\d+ 's)"
              + " (?:password|login|credentials|rights|account|user))\\b");
  static final Pattern LOOK_UP_ACCOUNT =
      of("\\b(?:in|on) my account|my account manager|on account of");
  static final Pattern UNBOUNDED =
      of(
          "\\b(?:however many|as many as (?:it|they) (?:likes?|wants?|needs?|wishes)|any"
              + " (?:number|amount) of (?:\\w+"
              + " )?(?:agents?|helpers?|bots?|workers?|sub-?agents?|delegates?|assistants?|others?|copies|times)|(?:any|whatever|whichever|all|every|arbitrary|unlimited|other|further)(?:"
              + " \\w+){0,2}?"
              + " (?:agents?|helpers?|bots?|workers?|sub-?agents?|assistants?|children|tools?|copies|instances)(?:"
              + " (?:it|they))?(?: \\w+){0,3}?|no limit on (?:delegat|hand)|without (?:any"
              + " )?(?:limit|bound|restriction)(?: of depth| in depth)?|as deep as|endless(?:ly)?"
              + " chain|and so on|any depth|freely|at will|to"
              + " (?:whoever|whomever|anybody|anyone|whatever|whichever|any|anything)|whoever|as it"
              + " (?:likes|pleases|sees fit|wishes)|down the line|all the way down|turtles)\\b");
  static final Pattern DELEGATES =
      of(
          "\\b(?:delegat\\w*|sub-?agents?|hand(?:s|ed|ing)? (?:\\w+"
              + " ){0,4}?(?:on|over|down|out|off)|pass(?:es|ed|ing)? (?:\\w+"
              + " ){0,4}?(?:on|along|down)|spawn\\w*|inherits?|helpers? (?:it|that|which)|starts?"
              + " (?:up )?(?:helpers?|agents?|workers?|others)|share (?:it|them|its|the|these)|call"
              + " (?:in|on)|outsourc\\w+|farm(?:s|ed)? out|stand(?:s)? in|step(?:s)? in|take(?:s)?"
              + " over|deput\\w+|sub-?contract\\w*|give (?:it|them|its rights|this) (?:on|to"
              + " other)|lend|forward(?:s)? (?:it|them|its|the task)|entrust)\\b");
  static final Pattern NO_DELEGATION =
      of(
          "\\b(?:not|never|no|nobody|n't|without|cannot|neither|nothing|none|itself"
              + " not)\\b[^.;]{0,40}?(?:delegat|hand(?:s|ed|ing)? (?:\\w+"
              + " ){0,3}(?:on|over|down)|pass(?:es|ing)? (?:\\w+"
              + " ){0,3}on|share|sub-?agent|inherit|further down)|\\bno (?:further"
              + " )?delegation\\b");
  static final Pattern DEPTH =
      of(
          "\\b(?:one (?:level|step|hop|deep|link)|a single (?:level|step|hop)|nobody further(?:"
              + " down)?|no further|not (?:any )?(?:further|deeper)|but (?:no|not)"
              + " (?:further|deeper)|(?:must|may|can|should|shall)(?: itself| themselves)? not"
              + " (?:itself |themselves )?(?:delegate|hand|pass)|two (?:levels?|steps?|hops?)|three"
              + " (?:levels?|steps?|hops?)|depth (?:of )?(\\d))\\b");
  static final Pattern SCHEDULED =
      of(
          "\\b(?:unattended|unsupervised|on its own|by"
              + " itself|automatically|autonomous(?:ly)?|without (?:anybody|anyone|a"
              + " human|supervision|human|any human|people|somebody|someone)\\b|nobody (?:will be"
              + " |is )?(?:watching|there|sitting|awake|looking)|no (?:human|one|person) (?:in the"
              + " loop|watching|present|involved)|scheduled|on a schedule|cron|as a job|every"
              + " (?:night|day|morning|evening|hour|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\\d+"
              + " (?:minutes|hours))(?: at)?|nightly|hourly|daily at|each"
              + " (?:night|morning|evening)|overnight|timer)\\b");
  static final Pattern BEHALF =
      of(
          "\\b(?:on (?:the )?behalf of|acting for|in the name of|for whoever|for whichever|on"
              + " (?:his|her|their|our|my|your) behalf)\\b");

  /** What was there once is wanted again. */
  static final Pattern AGAIN =
      of(
          "\\bsame again\\b|\\bas (?:last time|usual|always|we (?:discussed|talked"
              + " about))\\b|\\bwhat (?:it|they|@a\\d+) (?:had|got|held|was given)"
              + " [^;]*?\\b(?:again|back)\\b|\\b(?:thing|one|stuff|matter) (?:that |which )?we"
              + " (?:talked|spoke|discussed|agreed)\\b|\\bplease find attached\\b|\\bas"
              + " (?:described|listed|written) (?:there|above|below|in)\\b");

  static final Pattern ELSEWHERE =
      of(
          "\\b(?:(?:from|in|on|as (?:in|per|on)|see|per|according to|listed in|described in|named"
              + " in|with) (?:the |my |our |your |that |this |an?"
              + " )?(?:attached|attachment|enclosed|enclosure|spreadsheet|sheet|linked|screenshot|document|file|wiki|above-mentioned|previous"
              + " (?:mail|ticket|message|request)|last"
              + " (?:time|mail|ticket|request|message|week's|year's|one)|earlier"
              + " (?:ticket|mail|request|message)|other ticket|ticket i|pdf|excel|list i|same"
              + " ticket)|(?:same|identical|like|equal|usual) (?:\\w+"
              + " )?(?:rights?|access|permissions?|setup|set-?up|things?|scope|ones?|stuff|as|grants?|privileges?)(?:"
              + " \\w+){0,3}? (?:as|like|that|it had|has|had|before|last|we|you)|as (?:last"
              + " time|before|usual|discussed|agreed|always|in the past|we"
              + " (?:discussed|agreed|said|talked)|agreed|mentioned|per our|previously)|the"
              + " (?:same|usual)(?: again| as (?:before|last|always|@a)| thing| rights| access|"
              + " please)?(?= *(?:$|[,.;!]|for @|as|please|again|rights|access))|what (?:we|i|you)"
              + " (?:discussed|agreed|talked about|said|had|spoke)|like (?:last|the last)"
              + " (?:time|week|month|year)|see (?:attachment|attached|below|above|my"
              + " (?:last|other))|attached"
              + " (?:sheet|file|list|document|form)|(?:what|whatever|everything|anything) @a\\d+"
              + " (?:has|had|gets|does|can)|(?:same|as) (?:as )?@a\\d+|like @a\\d+(?:"
              + " (?:has|does|had))?|just like @a|copy of @a|you know (?:which|what|the one)|the"
              + " one we (?:discussed|spoke|talked)|(?:it|they|@a\\d+) (?:used to have|had"
              + " (?:last|before|in|back)|had previously))\\b");
  static final Pattern ROLE_CLAIM =
      of(
          "\\b(?:this is|it's|it is|i am|i'm|speaking as|signed[,:]?|here is|writing as|as|i write"
              + " as|on duty as)(?: the| your| our| an?)?"
              + " ((?:(?:chief|head|medical|managing|technical|security|identity|acting|deputy|senior|global|it|information|data|finance|operations|executive|general)"
              + " )*(?:director|officer|ceo|cio|ciso|cto|cfo|coo|boss|administrator|admin|head|president|chair(?:man|woman|person)?|owner"
              + " of|auditor|security team|it team|help"
              + " ?desk|board|manager|lead|approver|root|superuser|identity"
              + " (?:desk|office|team)|service"
              + " desk|founder|minister|supervisor|foreman|inspector|police)(?: (?:of|for) (?:the"
              + " )?\\w+(?: \\w+)?)?)\\b");
  static final Pattern NAME_CLAIM =
      of(
          "\\b(?:this is|it's|it is|i am|i'm|my name is|here is|here speaks|speaking:?|signed[,:]?)"
              + " (@h\\d+)(?! 's)(?! (?:who|that))");
  static final Pattern SECRET =
      Pattern.compile(
          "(?i)(?:\\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abprs]|npm|pypi|akia|asia|aiza|ya29|eyj|shp(?:at|ss)|dop_v1|hf|ngk|whsec|sq0)[-_]?[A-Za-z0-9_./+-]{12,})|-----BEGIN"
              + " [A-Z ]*(?:PRIVATE"
              + " )?KEY|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}|://[^\\s:/@]+:[^\\s@/]{3,}@|\\b(?:password|passwort|passphrase|passcode|pwd|pass|pin|secret|token|api[-"
              + " ]?key|access[- ]?key|partner key|client[-"
              + " ]secret|bearer|credentials?|login|key)\\b(?:'s)?(?: (?:for"
              + " [^\\n,;]{1,30}?|there|here))? ?(?:is|=|:|are|reads|was)+"
              + " ?[\"'`]?(?=[^\\s\"'`,;]*[0-9_!$%&#@*?+^])(?![A-Z]{2,5}-\\d+\\b)[^\\s\"'`,;]{6,}|\\b(?:password|passwort|passphrase|pwd)"
              + " (?=\\S*\\d)(?=\\S*[A-Za-z])[^\\s\"'`,;]{8,}|\\b[A-Za-z]{2,8}_(?:live|test|prod|secret|key)_[A-Za-z0-9]{8,}");
  static final Pattern DATA_MOVES =
      of(
          "\\b(?:copy|copies|move|moves|put|puts|load|loads|ingest|ingests|feed|feeds|bring|brings|transfer|transfers|push|pushes|dump|dumps|import|imports|seed|seeds|refresh|refreshes|restore|restores|clone|mirror|replicate|pour|export|fill|fills|populate|write|place|drop|sync|synchroni[sz]e|port|@v\\d+)\\b[^.;]*?\\b(?:into|to|onto|in|over"
              + " to|with)\\b");
  static final Pattern CHORE =
      of(
          "\\b(?:please|pls|plz|could you|can you|can somebody|can someone|could somebody|would"
              + " you|also|and|somebody|someone should|don't forget to|remember to|need"
              + " to|must|order|book|buy|send|fix|call|remind|bring|tell|ask|repair|clean|print|replace)\\b");
  static final Set<String> FOREIGN =
      Set.copyOf(
          CommonWords.of(
              """
              por favor necesita para durante responsable el los las una dias semanas ver usar que con del
              pode preciso deixem usar dias por uma para com ate semana acesso obrigado obrigada
              bitte braucht benotigt fur und der die das den dem ein eine einen mit bis zum zur zugriff lesen
              tage wochen woche auf soll darf kann wir ich nicht vom ist verantwortlich produktion danke
              s'il vous plait veuillez acces pendant jours semaine semaines avec pour le la les des doit peut
              dans est besoin lire donner jusqu'au merci responsable nous moi sur
              per favore deve puo leggere giorni settimane settimana fino accesso gli alla della nel responsabile
              gib mal geben konnen durfen brauchen bonjour merci autoriser fevrier kunnen moeten hoi hola
              graag toegang voor dagen weken tot mag moet het een van lezen eigenaar
              prosze dostep dla dni tygodnie do odczyt tina he ki te nga mo
              """));

  static final Set<String> AMBIGUOUS =
      Set.of(
          "die", "den", "per", "con", "do", "he", "me", "the", "for", "la", "el", "les", "des",
          "das", "est", "sur", "a", "von", "van", "mo", "dem", "una", "een", "mit", "dos");

  static final Pattern LIMIT =
      of(
          "\\b(?:no more than|not more than|at most|up to|max(?:imum)?(?: of)?|limit(?:ed)?"
              + " to|never more than|fewer than|less than|not exceeding) (?:\\$"
              + " ?)?(?:\\d[\\d,.]*|[a-z]+)"
              + " ?(?:%|percent|rows?|records?|calls?|requests?|texts?|messages?|orders?|a day|per"
              + " day|an hour|per hour|each|letters?|euros?|dollars?|items?|times?)[^,;.]{0,30}");

  private Heard() {}

  private static Pattern of(String pattern) {
    return Pattern.compile(pattern);
  }
}
