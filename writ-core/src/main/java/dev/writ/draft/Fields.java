package dev.writ.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fields of forms, {@code key: value}, line by line or in one line. */
final class Fields {
  /** What a label asks for. */
  enum Kind {
    SUBJECT,
    RESOURCE,
    ACTION,
    ENVIRONMENT,
    OWNER,
    PURPOSE,
    DURATION,
    START,
    END,
    APPROVER,
    EVENT,
    LIMIT,
    EXCLUDED,
    DELEGATION,
    /** Said about the ticket, not about the access. */
    OTHER
  }

  /**
   * A field.
   *
   * @param value its words as a sentence; empty when nothing stands there
   * @param text the value as it stands in the text, marks included
   */
  record Field(Kind kind, Optional<Sentence> value, String text) {
    /** Whether it says that nobody knows. */
    boolean unknown() {
      String plain =
          text.strip()
              .toLowerCase(java.util.Locale.ROOT)
              .replaceAll("[.!]+$", "")
              .replaceAll("\\s+", " ");
      return Cues.UNKNOWN.contains(plain) || plain.matches("[?\\-_./\u2013\u2014\u2026 ]*");
    }
  }

  private static final List<Label> LABELS =
      List.of(
          new Label(
              Kind.OTHER,
              "requester|requested by|requestor|request|reporter|submitted by|created(?: by| on|"
                  + " at)?|opened by|ticket|ticket"
                  + " (?:no|id|number)|cr|id|no|priority|urgency|status|subject"
                  + " line|title|cc|sent|phone|tel|email|e-mail|contact|category|queue|impact|ref|reference|re|fyi|ps|nb|note|dept|department|assigned"
                  + " to|assignee"),
          new Label(
              Kind.DURATION,
              "(?:period|duration|how long|term|time ?frame|time|length|for how"
                  + " long|validity|window|access window|dates?|when|for|valid|lasting|bound|needed"
                  + " for|time ?span|time limit|time needed|how much time|ttl|lifetime|access"
                  + " period|period of access|required for|valid for|date)"),
          new Label(
              Kind.START,
              "(?:valid |access |start(?:s|ing)?(?: date)?|starts?|begin(?:s|ning)?|effective)?"
                  + " ?(?:from|start|start date|begin|starting|starts|as of|first day|effective(?:"
                  + " date)?|not before)"),
          new Label(
              Kind.END,
              "(?:valid |access )?(?:to|until|till|end|end date|ends?|ending|expiry|expiry"
                  + " date|expires?(?: on)?|expiration(?: date)?|last day|through|by|not"
                  + " after|deadline|up to|thru)"),
          new Label(
              Kind.EVENT,
              "(?:remove|revoke|end|take away|withdraw|delete|drop|close|stop|terminate)(?:d)?"
                  + " (?:when|once|after|on|if|as soon as)|revocation|ends? (?:when|with)|revoke"
                  + " condition|exit condition|until event"),
          new Label(
              Kind.APPROVER,
              "(?:approvers?|approved by|approval(?: by)?|approvals?|sign-?off(?: by)?|sign off(?:"
                  + " by)?|to be approved by|approving manager|authori[sz]ed by|authori[sz]er|to"
                  + " sign|who approves|agreement (?:of|by)|consent (?:of|by)|released"
                  + " by|countersigned by|second pair of eyes)"),
          new Label(
              Kind.OWNER,
              "(?:(?:business |product |system |access |service |accountable |responsible |workflow"
                  + " |data )?owners?|owned by|owner name|accountable(?: person|"
                  + " owner)?|responsible(?: person)?|responsibility|answerable|who answers(?: for"
                  + " it)?|who owns it|person responsible|lead|on the hook|sponsor|carried by|in"
                  + " charge)"),
          new Label(
              Kind.SUBJECT,
              "(?:(?:applicant |requesting |our )?agent(?: name| id)?|identity|workload|bot|who|for"
                  + " whom|subject|service account|principal|assistant|robot|requested for|access"
                  + " for|for agent|on behalf|ai agent|account|name of agent|which"
                  + " agent|beneficiary|grantee|actor|agent / bot|worker)"),
          new Label(
              Kind.ENVIRONMENT,
              "(?:env|environments?|stage|stages|tier|instance|landscape|env\\.|which"
                  + " environment|target environment|system stage|deployment stage)"),
          new Label(
              Kind.RESOURCE,
              "(?:(?:target |which |affected"
                  + " )?(?:systems?|applications?|app|resources?|platform|target|where|asset|on|service|tool|database|repo|repository|object|scope"
                  + " of access|what system|component)(?: ?\\d{1,2})?)"),
          new Label(
              Kind.EXCLUDED,
              "(?:excluded?|excludes|exclusions?|except(?:ions?)?|not allowed|not"
                  + " permitted|prohibited|forbidden|denied|deny|out of scope|must not|not"
                  + " included|never|without|no go|off limits|not)"),
          new Label(
              Kind.ACTION,
              "(?:rights?|privileges?|permissions?|access(?: level| type| rights| needed|"
                  + " required)?|actions?|what|operations?|scope|role(?:s)?|level|may|can|needs?"
                  + " to|allowed|tasks?|entitlements?|functions?|wants to|must be able"
                  + " to|should|does|do|ability|activities)"),
          new Label(
              Kind.LIMIT,
              "(?:limits?|conditions?|restrictions?|constraints?|remarks?|comments?|hours|max|maximum|quota|frequency|schedule)"),
          new Label(
              Kind.DELEGATION,
              "(?:delegation|delegates?|delegate to|deputy|stand-in|hand over to|sub-?agents?)"),
          new Label(
              Kind.PURPOSE,
              "(?:purpose|used for|use|serves|reason|reasons|why|(?:business"
                  + " )?process|justification|business justification|business reason|background|use"
                  + " case|because|goal|objective|what for|for what|needed"
                  + " because|context|rationale|business case|business"
                  + " purpose|motivation|intent|aim)"));

  private record Label(Kind kind, Pattern pattern) {
    Label(Kind kind, String pattern) {
      this(kind, Pattern.compile("(?:" + pattern + ")"));
    }
  }

  private static final Pattern LINE =
      Pattern.compile(
          "(?m)(?:^|(?<=[.;|/] )|(?<= \u2013 )|(?<= \u2014 )|(?<=, ))[ \\t>*\u2022-]*\\|?["
              + " \\t]*\\**([\\p{L}][\\p{L}\\p{N}/ '()-]{0,32}?)\\**["
              + " \\t]*([:=|]|\u2192|->|=>)(?!//)\\**[ \\t]*");
  private static final Pattern BARE =
      Pattern.compile("(?m)^[ \\t]*([\\p{L}][\\p{L} ]{1,20}?)[ \\t]{2,}(?=\\S)");

  private Fields() {}

  /** Where a value starts and ends in UTF-16 units, and what its label asks for. */
  record Range(Kind kind, int label, int start, int end) {}

  /**
   * The fields of a text; what does not count is blank in it.
   *
   * @param text unit for unit the prompt
   */
  static List<Range> ranges(String text) {
    List<Range> heads = new ArrayList<>();
    for (Pattern p : List.of(LINE, BARE)) {
      Matcher m = p.matcher(text);
      while (m.find()) {
        Optional<Kind> kind = kind(m.group(1));
        int start = m.end();
        boolean known = heads.stream().anyMatch(h -> m.start(1) < h.start() && h.label() < start);
        if (kind.isPresent() && !known) {
          heads.add(new Range(kind.get(), m.start(1), start, start));
        }
      }
    }
    heads.sort(java.util.Comparator.comparingInt(Range::label));
    List<Range> out = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      Range head = heads.get(i);
      int end = text.indexOf('\n', head.start());
      end = end < 0 ? text.length() : end;
      if (i + 1 < heads.size() && heads.get(i + 1).label() < end) {
        end = heads.get(i + 1).label();
      }
      // Prose behind a label ends with its sentence.
      Matcher stop = Pattern.compile("[.!](?=\\s)|[;/|](?=\\s|$)").matcher(text);
      if (stop.find(head.start()) && stop.start() < end && !abbreviated(text, stop.start())) {
        boolean mark = text.charAt(stop.start()) == '.' || text.charAt(stop.start()) == '!';
        end = mark || single(text, head.start(), end) ? stop.start() : end;
      }
      String value = text.substring(head.start(), end);
      boolean weak = head.kind() != Kind.OTHER && value.isBlank() && nested(text, end);
      if (!weak) {
        out.add(new Range(head.kind(), head.label(), head.start(), end));
      }
    }
    return out;
  }

  /** A form in one line parts its fields by slashes. */
  private static boolean single(String text, int start, int end) {
    int from = text.lastIndexOf('\n', start) + 1;
    String line = text.substring(from, end);
    return line.contains(" / ") && line.chars().filter(c -> c == '/').count() >= 3;
  }

  private static boolean abbreviated(String text, int dot) {
    return dot > 0
        && Character.isUpperCase(text.charAt(dot - 1))
        && (dot < 2 || !Character.isLetter(text.charAt(dot - 2)));
  }

  /** A label whose values follow on lines of their own. */
  private static boolean nested(String text, int end) {
    Matcher m = Pattern.compile("\\n[ \\t]+\\S|\\n[ \\t]*[-*\u2022]").matcher(text);
    return m.find(end) && m.start() == end;
  }

  static Optional<Kind> kind(String label) {
    String plain =
        Word.plain(label).strip().replaceAll("\\s+", " ").replaceAll("^(?:the|our|my|its) ", "");
    for (Label l : LABELS) {
      if (l.pattern().matcher(plain).matches()) {
        return Optional.of(l.kind());
      }
    }
    return Optional.empty();
  }
}
