package dev.writ.draft;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One word of a text.
 *
 * @param start first code point of the raw text
 * @param end after the last code point
 * @param raw as it stands there
 * @param plain lower case, compatibility forms and accents folded, without a possessive ending
 * @param stem without the endings of plurals and verb forms
 * @param gap what stands between the word before and this one; {@code §} for text that does not
 *     count
 * @param possessive whether it ends in {@code 's} or {@code s'}
 */
record Word(
    int start, int end, String raw, String plain, String stem, String gap, boolean possessive) {
  /** Text that does not count, as a gap shows it. */
  static final char MASKED = '\u00a7';

  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("sent", "send"),
          Map.entry("saw", "see"),
          Map.entry("seen", "see"),
          Map.entry("wrote", "write"),
          Map.entry("written", "write"),
          Map.entry("took", "take"),
          Map.entry("taken", "take"),
          Map.entry("gave", "give"),
          Map.entry("given", "give"),
          Map.entry("made", "make"),
          Map.entry("put", "put"),
          Map.entry("ran", "run"),
          Map.entry("held", "hold"),
          Map.entry("kept", "keep"),
          Map.entry("drew", "draw"),
          Map.entry("drawn", "draw"),
          Map.entry("paid", "pay"),
          Map.entry("bought", "buy"),
          Map.entry("brought", "bring"),
          Map.entry("built", "build"),
          Map.entry("sold", "sell"),
          Map.entry("went", "go"),
          Map.entry("got", "get"),
          Map.entry("gotten", "get"),
          Map.entry("left", "leave"),
          Map.entry("notes", "note"),
          Map.entry("note", "note"),
          Map.entry("noting", "note"),
          Map.entry("noted", "note"),
          Map.entry("people", "person"),
          Map.entry("persons", "person"),
          Map.entry("has", "have"),
          Map.entry("had", "have"),
          Map.entry("does", "do"),
          Map.entry("did", "do"),
          Map.entry("is", "is"),
          Map.entry("was", "was"),
          Map.entry("this", "this"),
          Map.entry("us", "us"),
          Map.entry("less", "less"),
          Map.entry("times", "time"),
          Map.entry("one", "one"));

  /** The words of a text, in order; a word in text that does not count is none. */
  static List<Word> of(String text, Zones zones) {
    List<Word> words = new ArrayList<>();
    int[] cs = text.codePoints().toArray();
    StringBuilder gap = new StringBuilder();
    int at = 0;
    while (at < cs.length) {
      if (!zones.trusted(at)) {
        if (!zones.invisible(at)) {
          gap.append(MASKED);
        }
        at++;
      } else if (Character.isLetterOrDigit(cs[at])) {
        int end = at + 1;
        while (end < cs.length && zones.trusted(end) && inside(cs, end)) {
          end++;
        }
        words.add(word(cs, at, end, gap.toString()));
        gap.setLength(0);
        at = end;
      } else {
        gap.appendCodePoint(cs[at]);
        at++;
      }
    }
    return words;
  }

  private static Word word(int[] cs, int start, int end, String gap) {
    String raw = new String(cs, start, end - start);
    String plain = plain(raw);
    boolean possessive = false;
    if (plain.endsWith("'s") && plain.length() > 2) {
      plain = plain.substring(0, plain.length() - 2);
      possessive = true;
    } else if (plain.endsWith("s") && end < cs.length && (cs[end] == '\'' || cs[end] == 0x2019)) {
      possessive = true;
    }
    return new Word(start, end, raw, plain, stem(plain), gap, possessive);
  }

  /** The words of a name or of a way to say something. */
  static List<Word> ofPhrase(String phrase) {
    return of(phrase, Zones.allOf(phrase));
  }

  /** The plain words of a name or of a way to say something. */
  static List<String> plainWords(String phrase) {
    return ofPhrase(phrase).stream().map(Word::plain).toList();
  }

  private static boolean inside(int[] cs, int at) {
    int c = cs[at];
    if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
      return true;
    }
    boolean apostrophe = c == '\'' || c == 0x2019;
    return apostrophe && at + 1 < cs.length && Character.isLetter(cs[at + 1]);
  }

  static String plain(String word) {
    boolean ascii = word.chars().allMatch(c -> c < 128);
    String folded =
        ascii ? word : Normalizer.normalize(word, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    return folded
        .replace('\u2019', '\'')
        .replace("\u00f8", "o")
        .replace("\u00d8", "o")
        .replace("\u00df", "ss")
        .replace("\u0142", "l")
        .replace("\u00e6", "ae")
        .toLowerCase(Locale.ROOT);
  }

  /** This word with another spelling. */
  Word as(String corrected) {
    return new Word(start, end, raw, corrected, stem(corrected), gap, possessive);
  }

  boolean capital() {
    return Character.isUpperCase(raw.codePointAt(0));
  }

  /** Whether nothing but spaces, or nothing at all, stands before it. */
  boolean close() {
    return gap.isBlank() && gap.indexOf('\n') < 0 || joined();
  }

  /** Whether a hyphen, dot, slash or the like without a space joins it to the word before. */
  boolean joined() {
    return gap.equals("-")
        || gap.equals("_")
        || gap.equals(".")
        || gap.equals("/")
        || gap.equals("\u2010")
        || gap.equals("\u2011")
        || gap.isEmpty();
  }

  boolean gapHas(String any) {
    for (int i = 0; i < gap.length(); i++) {
      if (any.indexOf(gap.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The word without the ending of a plural or of a form of a verb; nothing shorter than three. */
  static String stem(String plain) {
    String known = IRREGULAR.get(plain);
    if (known != null) {
      return known;
    }
    String s = plain;
    if (s.length() >= 5 && (s.endsWith("ies") || s.endsWith("ied"))) {
      s = s.substring(0, s.length() - 3) + "y";
    } else if (s.length() >= 6 && s.endsWith("ing")) {
      s = s.substring(0, s.length() - 3);
    } else if (s.length() >= 5 && (s.endsWith("es") || s.endsWith("ed"))) {
      s = s.substring(0, s.length() - 2);
    } else if (s.length() >= 4 && s.endsWith("s") && !s.endsWith("ss")) {
      s = s.substring(0, s.length() - 1);
    }
    if (s.length() >= 4 && s.endsWith("e")) {
      s = s.substring(0, s.length() - 1);
    }
    int n = s.length();
    if (n >= 4 && s.charAt(n - 1) == s.charAt(n - 2) && Character.isLetter(s.charAt(n - 1))) {
      s = s.substring(0, n - 1);
    }
    return s.replace('z', 's');
  }

  /** The stem of the verb that a noun such as {@code cancellation} is made of. */
  static String root(String plain) {
    for (String ending : List.of("ations", "ation", "ments", "ment", "ions", "ion", "als", "al")) {
      if (plain.endsWith(ending) && plain.length() - ending.length() >= 4) {
        return stem(plain.substring(0, plain.length() - ending.length()));
      }
    }
    return stem(plain);
  }
}
