package dev.writ.draft;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose words a prompt holds. Only the requester's own, visible words may become scope: not
 * quotations, forwarded or pasted text, code, comments, hidden characters, nor a sentence that
 * tells a machine what to do. What is doubtful is not trusted.
 */
final class Zones {
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?m)^[ \\t]*>.*$|(?s)```.*?(?:```|\\z)|`[^`\\n]*`|<!--.*?(?:-->|\\z)|<[^>\\n]{1,200}>"
              + "|\"[^\"]*(?:\"|\\z)|\u201c[^\u201d]*(?:\u201d|\\z)|\u00ab[^\u00bb]*(?:\u00bb|\\z)");
  private static final Pattern FORWARDED =
      Pattern.compile(
          "(?ims)^[ \\t-]*(?:begin )?(?:forwarded message|original message|fwd:|fw:|-----).*\\z");
  private static final Pattern SENTENCE =
      Pattern.compile("[^.!?;\\n]*(?:[.!?;](?!\\S)|[.!?;\\n]|\\z)");
  private static final Pattern TO_THE_SYSTEM =
      Pattern.compile(
          "(?i)\\b(?:ignore|disregard|override|bypass|forget)\\b.{0,60}\\b(?:instructions?|rules?"
              + "|polic(?:y|ies)|above|previous|checks?|guardrails?)\\b|\\b(?:system|assistant|developer)"
              + " ?(?:prompt|message)?\\s*:|\\byou (?:are|must|will|should) (?:now"
              + " )?(?:a|an|act|approve|assume|treat|mark|output"
              + "|print|grant|skip|answer|respond)\\b|\\b(?:drafter|policy"
              + " engine|reviewer|validator|parser|model)\\b.{0,60}\\b(?:must"
              + "|should|assume|approve|treat|mark|output|print|grant|skip|set)\\b|\\b(?:auto-?approve|pre-?approved?|treat"
              + " (?:this|it) as approved)\\b");

  private final boolean[] trusted;
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);

  private Zones(int codePoints) {
    trusted = new boolean[codePoints];
    Arrays.fill(trusted, true);
  }

  static Zones of(String text) {
    int[] codePoints = text.codePoints().toArray();
    Zones zones = new Zones(codePoints.length);
    int[] index = new int[text.length() + 1];
    for (int i = 0, at = 0; i < codePoints.length; i++) {
      for (int k = 0; k < Character.charCount(codePoints[i]); k++) {
        index[at++] = i;
      }
      index[at] = i + 1;
      if (hidden(codePoints[i])) {
        zones.trusted[i] = false;
        zones.flags.add(Flag.HIDDEN_TEXT);
      }
    }
    zones.mask(QUOTED, text, index, Flag.UNTRUSTED_CONTENT);
    zones.mask(FORWARDED, text, index, Flag.UNTRUSTED_CONTENT);
    Matcher sentence = SENTENCE.matcher(text);
    while (sentence.find() && sentence.start() < text.length()) {
      if (TO_THE_SYSTEM.matcher(sentence.group()).find()) {
        zones.mask(index[sentence.start()], index[sentence.end()], Flag.INSTRUCTION_TO_SYSTEM);
      }
    }
    return zones;
  }

  private void mask(Pattern pattern, String text, int[] index, Flag flag) {
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      if (m.end() > m.start()) {
        mask(index[m.start()], index[m.end()], flag);
      }
    }
  }

  private void mask(int from, int to, Flag flag) {
    Arrays.fill(trusted, from, to, false);
    flags.add(flag);
  }

  private static boolean hidden(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || (type == Character.CONTROL && c != '\n' && c != '\t' && c != '\r');
  }

  /** Whether this code point is the requester's own. */
  boolean trusted(int codePoint) {
    return codePoint >= 0 && codePoint < trusted.length && trusted[codePoint];
  }

  /** Whether all of these are. */
  boolean trusted(Quote quote) {
    for (int i = quote.start(); i < quote.end(); i++) {
      if (!trusted(i)) {
        return false;
      }
    }
    return true;
  }

  Set<Flag> flags() {
    return flags;
  }
}
