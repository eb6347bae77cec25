package dev.writ.draft;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One word of a text.
 *
 * @param start first code point
 * @param end after the last code point
 * @param plain lower case, compatibility forms and accents folded
 * @param sentence which sentence it stands in, from 0
 */
record Word(int start, int end, String plain, int sentence) {
  /** The words of a text; what is not trusted ends a word and a sentence. */
  static List<Word> of(String text, Zones zones) {
    List<Word> words = new ArrayList<>();
    int[] codePoints = text.codePoints().toArray();
    int sentence = 0;
    int at = 0;
    while (at < codePoints.length) {
      int c = codePoints[at];
      if (!zones.trusted(at)) {
        sentence++;
        at++;
      } else if (Character.isLetterOrDigit(c) || c == '@') {
        int end = at + 1;
        while (end < codePoints.length && zones.trusted(end) && inside(codePoints, end)) {
          end++;
        }
        words.add(new Word(at, end, plain(new String(codePoints, at, end - at)), sentence));
        at = end;
      } else {
        if (c == '.' || c == '!' || c == '?' || c == ';' || c == '\n') {
          sentence++;
        }
        at++;
      }
    }
    return words;
  }

  /** The words of a name or of a way to say something. */
  static List<String> plainWords(String phrase) {
    return of(phrase, Zones.of(phrase.replace('"', ' ').replace('`', ' '))).stream()
        .map(Word::plain)
        .toList();
  }

  private static boolean inside(int[] codePoints, int at) {
    int c = codePoints[at];
    if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
      return true;
    }
    boolean joins =
        c == '-' || c == '_' || c == '/' || c == '.' || c == '\'' || c == '\u2019' || c == '@';
    return joins && at + 1 < codePoints.length && Character.isLetterOrDigit(codePoints[at + 1]);
  }

  static String plain(String word) {
    String folded = Normalizer.normalize(word, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    return folded.replace('\u2019', '\'').toLowerCase(Locale.ROOT);
  }

  /** The word without the ending of a plural or of a form of a verb; nothing shorter than three. */
  static String stem(String plain) {
    if (plain.length() >= 6 && plain.endsWith("ies")) {
      return plain.substring(0, plain.length() - 3) + "y";
    }
    for (String ending : List.of("ing", "es", "ed", "s", "e")) {
      if (plain.length() >= ending.length() + 3 && plain.endsWith(ending)) {
        return plain.substring(0, plain.length() - ending.length());
      }
    }
    return plain;
  }
}
