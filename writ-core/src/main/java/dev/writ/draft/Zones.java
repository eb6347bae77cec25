package dev.writ.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose words a prompt holds. Only the requester's own, visible words may become scope: not
 * quotations, forwarded or pasted text, code, comments, hidden characters, nor a sentence that
 * tells a machine what to do. What is doubtful is not trusted.
 */
final class Zones {
  private static final Pattern HIDDEN =
      Pattern.compile(
          "(?is)<!--.*?(?:-->|\\z)|/\\*.*?(?:\\*/|\\z)|\\[//\\]: ?#[^\\n]*|\\{#.*?#\\}|%%.*?%%"
              + "|<(\\w+)[^>]*(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden|font-size\\s*:\\s*0|opacity\\s*:\\s*0"
              + "|\\bhidden\\b|color\\s*:\\s*(?:white|#fff(?:fff)?|transparent))[^>]*>.*?(?:</\\1\\s*>|\\z)"
              + "|<(script|style|template|noscript)\\b[^>]*>.*?(?:</\\2\\s*>|\\z)");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>\\n]{0,200}>");
  private static final Pattern FORGED =
      Pattern.compile(
          "(?is)(?:<(system|assistant|developer|instructions?|admin|root)(?:[\\s:_-][^<>\\n]{0,100})?>|</(?:request|user|prompt|input|message|system|query|text|ticket|content|document|data)\\s*>|\\[/?(?:system|inst)\\]|<\\|[a-z_]+\\|>).*?(?:</\\1\\s*>|\\z)");
  private static final Pattern BLOB =
      Pattern.compile(
          "(?<![A-Za-z0-9+/_-])(?=[A-Za-z0-9+/_-]*[a-z])(?=[A-Za-z0-9+/_-]*[A-Z])[A-Za-z0-9+/]{24,}={0,2}"
              + "(?![A-Za-z0-9+/_-])|(?:%[0-9A-Fa-f]{2}){6,}|(?:\\\\u[0-9a-fA-F]{4}){4,}|(?:\\\\x[0-9a-fA-F]{2}){4,}|(?:&#x?[0-9a-fA-F]{2,6};){4,}|(?<![\\w-])(?:[0-9a-fA-F]{2}["
              + " :]){11,}[0-9a-fA-F]{2}|(?<![\\w-])[0-9a-fA-F]{48,}(?![\\w-])|(?<!\\w)(?:[01]{8}"
              + " ?){5,}(?!\\w)");
  private static final Pattern QUOTED =
      Pattern.compile("(?m)^[ \\t]*(?:>|\\|>|&gt;).*$|(?s)```.*?(?:```|\\z)|~~~.*?(?:~~~|\\z)");
  private static final Pattern FORWARDED =
      Pattern.compile(
          "(?ims)^[ \\t>*_-]*(?:begin forwarded message|forwarded message|original"
              + " message|urspr\\w+ nachricht|fwd:|fw:|wg:|-{3,} ?(?:forwarded|original)[^\\n]*|on"
              + " [^\\n]{5,80} wrote:|from: (?![^\\n]*\\d)[^\\n]*\\n(?:sent|date|to|subject|cc):"
              + " ).*?(?:^[ \\t>*_-]*(?:end (?:of"
              + " )?(?:forwarded|forward|quote|message)[^\\n]*)$|\\z)");
  private static final Pattern FENCED =
      Pattern.compile("(?ms)^[ \\t]*([-=_*~#]{3,})[^\\n]*\\n(.*?)\\n[ \\t]*\\1[-=_*~#]*[^\\n]*$");
  private static final Pattern LOG =
      Pattern.compile(
          "(?m)^[ \\t]*(?:\\[?\\d{4}-\\d\\d-\\d\\d[T"
              + " ]\\d\\d:\\d\\d|\\[?\\d\\d:\\d\\d:\\d\\d|<\\d+>|(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL|NOTICE|HINT)\\b["
              + " :\\]|]|\\[(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\\]|at"
              + " [\\w$.]+\\([\\w.:]+\\)|Traceback |Exception in |Caused"
              + " by:|[\\w.]*(?:Error|Exception): |HTTP/\\d|\\d{3}"
              + " (?:Forbidden|Unauthorized|Denied|Not Found)|\\w+\\[\\d+\\]:|\\$ \\w).*$");
  private static final Pattern INLINE_ERROR =
      Pattern.compile(
          "(?i)\\b(?:error|warning|log|trace|message|stderr|output|it says|it"
              + " said|response|alert)(?: (?:message|line|text|reads?|says?|was|is))? ?:"
              + " ?(?=\\S*(?:denied|forbidden|refused|failed|error|exception|missing|unauthori[sz]ed|\\d{3}"
              + " ))[^\\n]*");
  private static final Pattern MARKS =
      Pattern.compile(
          "\"([^\"]*)(?:\"|\\z)|\u201c([^\u201d\u201c]*)(?:[\u201d\u201c]|\\z)|\u201e([^\u201c\u201d]*)(?:[\u201c\u201d]|\\z)"
              + "|\u00ab([^\u00bb]*)(?:\u00bb|\\z)|\u2018([^\u2019\\n]{12,})\u2019(?!\\p{L})|(?<![\\p{L}\\p{N}])'([^'\\n]{2,}|[^\\n]{12,400}?)'(?![\\p{L}\\p{N}])|`([^`\\n]*)`");
  private static final Pattern SPEECH =
      Pattern.compile(
          "(?i)(?::|\\b(?:says?|said|wrote|writes|asked|asks|told|tells|states?|stated|quotes?|reads|replied|answered|put"
              + " it|message|mail|e-mail|email|note|ticket|comment|letter|words?|suggest(?:s|ed)|demand(?:s|ed)|claims?|claimed|according"
              + " to \\w+|insists?))[,: ]*(?:that )?$");
  private static final Pattern REPORT =
      Pattern.compile(
          "(?im)(?:^|(?<=[.!?]"
              + " ))[^.!?\\n]*\\b(?:wrote|writes|says?|said|asks?|asked|states?|stated|reads?|replied|pasted?|pasting|copied|copying|forwarding|forwarded|mail|e-mail|email|ticket|message|log|quote|quoting|ticket"
              + " text|chat|thread|verbatim|vendor|supplier|from"
              + " their|excerpt|original|below)\\b[^.!?:\\n]*:[ \\t]*(?:\\n+|(?=\\S))");
  private static final Pattern SENTENCE =
      Pattern.compile(
          "[^.!?;\\n]*+(?:\\.(?=[^\\s\"')\\u201d])[^.!?;\\n]*+)*+(?:[.!?;](?!\\S)|[!?;]|[.](?=[\"')\\u201d])|\\n|\\z)");
  private static final Pattern ADOPTED =
      Pattern.compile(
          "(?i)\\b(?:exactly|precisely|just|that(?: is|'s)?|this(?: is|'s)?|the same|it) (?:[\\w'"
              + " ,]{0,30}?)(?:what|as) (?:\\w+ ){0,3}(?:i(?:'m| am)?"
              + " (?:ask|want|need|request|would like|mean)|we"
              + " (?:ask|want|need|request)|wrote|writes|written|says?|said|quoted|asks?|asked|described|put"
              + " it|requested)|\\b(?:i|we) (?:hereby |also |do |fully |herewith"
              + " )?(?:ask|request|want|need|would like|'d like|am"
              + " asking|apply|second|adopt|endorse|confirm|support|repeat)(?: for)? (?:exactly"
              + " |precisely |just )?(?:that|this|the same|the above|it|these|his|her|their|every"
              + " word|what)\\b(?! to\\b)|\\b(?:please )?do (?:exactly |precisely |just"
              + " )?(?:that|this|as (?:he|she|they|\\w+) (?:says?|asks?|wrote|writes))\\b|\\bword"
              + " for word\\b|\\bmy request (?:is|reads) (?:exactly )?(?:that|this|the same|as"
              + " quoted)|\\b(?:that|this) is (?:also |exactly |precisely )?my (?:own"
              + " )?request\\b|\\+1 to (?:that|this)|\\bas quoted\\b|\\bi make"
              + " (?:that|this|it|these words|his words|her words|their words) my own\\b|\\bplease"
              + " (?:grant|set up|arrange|provide) (?:exactly )?(?:that|this|the above)\\b");
  private static final Pattern NOT_ADOPTED =
      Pattern.compile("(?i)\\b(?:not|n't|never|nothing like|by no means|hardly|unlike)\\b");

  private final boolean[] trusted;
  private final boolean[] invisible;
  private final int[] index;
  private final String text;
  private final List<int[]> quotations = new ArrayList<>();
  private final List<int[]> orders = new ArrayList<>();
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);

  private Zones(String text) {
    this.text = text;
    int[] cs = text.codePoints().toArray();
    trusted = new boolean[cs.length];
    invisible = new boolean[cs.length];
    Arrays.fill(trusted, true);
    index = new int[text.length() + 1];
    for (int i = 0, at = 0; i < cs.length; i++) {
      for (int k = 0; k < Character.charCount(cs[i]); k++) {
        index[at++] = i;
      }
      index[at] = i + 1;
    }
  }

  /** Nothing of a text that is not read. */
  static Zones noneOf(String text) {
    Zones zones = new Zones(text);
    Arrays.fill(zones.trusted, false);
    return zones;
  }

  /** All of a colleague's text. */
  static Zones allOf(String text) {
    return new Zones(text);
  }

  /**
   * @param names whether a short text is a name in the catalogue: put in quotation marks it is no
   *     quotation
   */
  static Zones of(String text, Predicate<String> names) {
    Zones zones = new Zones(text);
    zones.characters();
    zones.mask(HIDDEN, Flag.HIDDEN_TEXT);
    zones.forged();
    zones.tags();
    zones.mask(QUOTED, Flag.UNTRUSTED_CONTENT);
    zones.mask(FORWARDED, Flag.UNTRUSTED_CONTENT);
    zones.mask(LOG, Flag.UNTRUSTED_CONTENT);
    zones.mask(INLINE_ERROR, Flag.UNTRUSTED_CONTENT);
    zones.reported();
    zones.marks(names);
    zones.mask(BLOB, Flag.HIDDEN_TEXT);
    zones.adopt();
    zones.addressed();
    return zones;
  }

  private void characters() {
    int[] cs = text.codePoints().toArray();
    int depth = 0;
    for (int i = 0; i < cs.length; i++) {
      int c = cs[i];
      boolean opens = (c >= 0x202A && c <= 0x202E && c != 0x202C) || (c >= 0x2066 && c <= 0x2068);
      boolean closes = c == 0x202C || c == 0x2069;
      depth += opens ? 1 : closes && depth > 0 ? -1 : 0;
      if (hidden(c) && !joinsSigns(cs, i)) {
        trusted[i] = false;
        invisible[i] = true;
        flags.add(Flag.HIDDEN_TEXT);
        if (i > 0
            && i + 1 < cs.length
            && Character.isLetterOrDigit(cs[i - 1])
            && Character.isLetterOrDigit(cs[i + 1])) {
          maskWord(cs, i);
        }
      } else if (depth > 0) {
        trusted[i] = false;
      }
    }
  }

  /** What somebody wrote so that a word is not seen is not read as that word. */
  private void maskWord(int[] cs, int at) {
    for (int i = at - 1; i >= 0 && Character.isLetterOrDigit(cs[i]); i--) {
      trusted[i] = false;
    }
    for (int i = at + 1;
        i < cs.length && (Character.isLetterOrDigit(cs[i]) || hidden(cs[i]));
        i++) {
      trusted[i] = false;
    }
  }

  /** A joiner within a pictogram hides nothing. */
  private static boolean joinsSigns(int[] cs, int at) {
    return cs[at] == 0x200D
        && at > 0
        && at + 1 < cs.length
        && !Character.isLetterOrDigit(cs[at - 1])
        && !Character.isLetterOrDigit(cs[at + 1]);
  }

  private static boolean hidden(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0
        || c == 0x2800
        || (type == Character.CONTROL && c != '\n' && c != '\t' && c != '\r');
  }

  private void mask(Pattern pattern, Flag flag) {
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      if (m.end() > m.start() && trusted(index[m.start()])) {
        mask(m.start(), m.end(), flag);
      }
    }
  }

  private void mask(int from, int to, Flag flag) {
    Arrays.fill(trusted, index[from], index[to], false);
    flags.add(flag);
    if (flag == Flag.UNTRUSTED_CONTENT) {
      quotations.add(new int[] {from, to});
    }
    if (Addressed.to(
        plain(text.substring(from, to)).replaceAll("<[^>]*>|<!--|-->|[>`\"\u201c]", " ").strip())) {
      flags.add(Flag.INSTRUCTION_TO_SYSTEM);
    }
  }

  private static String plain(String part) {
    StringBuilder out = new StringBuilder();
    part.codePoints().filter(c -> !hidden(c)).forEach(out::appendCodePoint);
    return out.toString();
  }

  /** Markup that would end the request or speak as somebody else; what is in it is not trusted. */
  private void forged() {
    Matcher m = FORGED.matcher(text);
    while (m.find()) {
      Arrays.fill(trusted, index[m.start()], index[m.end()], false);
      flags.add(Flag.INSTRUCTION_TO_SYSTEM);
    }
  }

  private void tags() {
    Matcher m = TAG.matcher(text);
    while (m.find()) {
      Arrays.fill(trusted, index[m.start()], index[m.end()], false);
    }
    Matcher fence = FENCED.matcher(text);
    while (fence.find()) {
      if (!fence.group(2).isBlank() && REPORT.matcher(before(fence.start())).find()) {
        mask(fence.start(), fence.end(), Flag.UNTRUSTED_CONTENT);
      }
    }
  }

  private String before(int at) {
    int start = text.lastIndexOf('\n', Math.max(0, at - 2));
    return text.substring(Math.max(0, start), at) + "\n";
  }

  /** What follows "the vendor wrote:" up to the end of the paragraph, unless it is in marks. */
  private void reported() {
    Matcher m = REPORT.matcher(text);
    while (m.find()) {
      int from = m.end();
      boolean inline = m.group().indexOf('\n') < 0;
      boolean speech = inline ? SPEECH_VERB.matcher(m.group()).find() : true;
      if (from >= text.length()
          || !trusted(index[Math.min(from, text.length() - 1)])
          || !speech
          || label(m.group())) {
        continue;
      }
      char first = text.charAt(from);
      if (first == '"'
          || first == '\u201c'
          || first == '\u201e'
          || first == '\u00ab'
          || first == '>') {
        continue;
      }
      int end = text.indexOf(inline ? "\n" : "\n\n", from);
      end = end < 0 ? text.length() : end;
      mask(from, end, Flag.UNTRUSTED_CONTENT);
    }
  }

  private static final Pattern SPEECH_VERB =
      Pattern.compile(
          "(?i)\\b(?:wrote|writes|says?|said|states?|stated|replied|reads|quoting|quote|verbatim|pasted|pasting|copied|forwarding)\\b[^.!?:\\n]{0,40}:");
  private static final Pattern LABEL = Pattern.compile("^[\\s\\W]*[\\w' -]{1,24}:\\s*$");

  /** {@code Ticket: 12} is a field of a form. */
  private static boolean label(String lead) {
    return LABEL.matcher(lead).find()
        && lead.strip().split("\\s+").length <= 3
        && !SPEECH_VERB.matcher(lead).find();
  }

  private void marks(Predicate<String> names) {
    Matcher m = MARKS.matcher(text);
    while (m.find()) {
      int at = index[m.start()];
      if (!trusted(at)) {
        continue;
      }
      String inside = inside(m);
      String lead = text.substring(text.lastIndexOf('\n', m.start()) + 1, m.start());
      boolean said = SPEECH.matcher(lead.stripTrailing()).find();
      int words = inside.isBlank() ? 0 : inside.strip().split("\\s+").length;
      if (!said && (words <= 3 || names.test(inside)) && inside.indexOf('\n') < 0) {
        continue;
      }
      if (said
          && words <= 4
          && names.test(inside)
          && lead.stripTrailing().endsWith(":")
          && LABEL.matcher(lead).find()) {
        continue;
      }
      mask(m.start(), m.end(), Flag.UNTRUSTED_CONTENT);
    }
  }

  private static String inside(Matcher m) {
    for (int g = 1; g <= m.groupCount(); g++) {
      if (m.group(g) != null) {
        return m.group(g);
      }
    }
    return "";
  }

  /** A quotation counts when the requester says, outside of it, that it is what they ask for. */
  private void adopt() {
    if (quotations.isEmpty()) {
      return;
    }
    Matcher m = SENTENCE.matcher(text);
    while (m.find() && m.start() < text.length()) {
      String own = own(m.start(), m.end());
      if (ADOPTED.matcher(own).find() && !NOT_ADOPTED.matcher(own).find()) {
        int[] last = quotations.getLast();
        Arrays.fill(trusted, index[last[0]], index[last[1]], true);
        for (int i = index[last[0]]; i < index[last[1]]; i++) {
          trusted[i] = !invisible[i];
        }
        return;
      }
    }
  }

  private String own(int from, int to) {
    StringBuilder out = new StringBuilder();
    for (int i = from; i < to; i++) {
      out.append(trusted(index[i]) ? text.charAt(i) : ' ');
    }
    return out.toString();
  }

  private void addressed() {
    boolean form = FORM.matcher(text).find();
    for (Pattern p : List.of(Addressed.LINE, Addressed.REST)) {
      Matcher m = p.matcher(text);
      while (m.find()) {
        if (m.end() > m.start() && trusted(index[m.start()]) && !(form && field(m.group()))) {
          mask(m.start(), m.end(), Flag.INSTRUCTION_TO_SYSTEM);
          orders.add(new int[] {m.start(), m.end()});
        }
      }
    }
    Matcher m = SENTENCE.matcher(text);
    while (m.find() && m.start() < text.length()) {
      String own = own(m.start(), m.end());
      if (m.end() > m.start() && !own.isBlank() && Addressed.to(own.strip())) {
        // A part to play is played to the end of the paragraph.
        int end = Addressed.part(own) ? paragraph(m.end()) : m.end();
        Arrays.fill(trusted, index[m.start()], index[end], false);
        orders.add(new int[] {m.start(), end});
        flags.add(Flag.INSTRUCTION_TO_SYSTEM);
      }
    }
  }

  private int paragraph(int from) {
    int end = text.indexOf("\n\n", Math.max(0, from - 1));
    return end < 0 ? text.length() : end;
  }

  /** {@code System: Bed board} is a field of a form and no order. */
  private static boolean field(String line) {
    return line.strip().toLowerCase(java.util.Locale.ROOT).startsWith("system")
        && !Addressed.to(line)
        && !ORDERS.matcher(line).find();
  }

  private static final Pattern FORM =
      Pattern.compile(
          "(?im)^[\\s|*>-]*(?:agent|owner|env|environment|stage|action|rights?|purpose|reason|access|role|duration|who|what|privilege|permissions?|workload|identity|period|how"
              + " long|why|bot|right)\\b[\\w ]{0,20}[:|=]");
  private static final Pattern ORDERS =
      Pattern.compile(
          "(?i)\\b(?:polic(?:y|ies)|override|prompt|instruct\\w*|mode|approve\\w*|ignore|refresh|update|notice|alert|message|grant|you|must|new"
              + " rules?|admin)\\b");

  /** The text without what is addressed to a machine. */
  String withoutOrders() {
    StringBuilder out = new StringBuilder(text);
    for (int[] o : orders) {
      for (int i = o[0]; i < o[1]; i++) {
        out.setCharAt(i, ' ');
      }
    }
    return out.toString();
  }

  /** Whether this code point is the requester's own. */
  boolean trusted(int codePoint) {
    return codePoint >= 0 && codePoint < trusted.length && trusted[codePoint];
  }

  /** Whether this is a character that shows nothing. */
  boolean invisible(int codePoint) {
    return codePoint >= 0 && codePoint < invisible.length && invisible[codePoint];
  }

  /** Whether all of these are the requester's own. */
  boolean trusted(Quote quote) {
    for (int i = quote.start(); i < quote.end(); i++) {
      if (!trusted(i) && !invisible(i)) {
        return false;
      }
    }
    return true;
  }

  Set<Flag> flags() {
    return flags;
  }
}
