package dev.writ.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of words that says one thing, with its items and its skeleton: the words in plain
 * spelling, marks apart, and {@code @} with a letter and a number in place of each item.
 */
final class Sentence {
  private static final Set<String> SHORT =
      Set.of(
          "dr", "mr", "mrs", "ms", "mx", "prof", "st", "nr", "approx", "incl", "excl", "eg", "ie",
          "e.g", "i.e", "vs", "tel", "min", "max", "dept", "ca", "resp", "esp", "no", "fig", "ref");

  final List<Word> words;
  final int from;
  final int to;
  final boolean asks;
  final List<Item> items;
  final String skeleton;

  /** The same with verbs that stand alone in their own words. */
  final String spoken;

  private final int[] spokenAt;

  /** All words in plain spelling. */
  final String plain;

  /** For each character of the skeleton the word it stands for. */
  private final int[] wordAt;

  Sentence(List<Word> words, int from, int to, boolean asks, List<Item> all) {
    this.words = words;
    this.from = from;
    this.to = to;
    this.asks = asks;
    this.items = all.stream().filter(i -> i.from() >= from && i.to() <= to).toList();
    List<Integer> at = new ArrayList<>();
    skeleton = build(false, at);
    wordAt = at.stream().mapToInt(Integer::intValue).toArray();
    List<Integer> saidAt = new ArrayList<>();
    spoken = build(true, saidAt);
    spokenAt = saidAt.stream().mapToInt(Integer::intValue).toArray();
    StringBuilder spelt = new StringBuilder();
    for (int i = from; i < to; i++) {
      spelt
          .append(i == from ? "" : mark(words.get(i).gap()))
          .append(words.get(i).plain())
          .append(' ');
    }
    plain = spelt.toString();
  }

  private String build(boolean verbs, List<Integer> at) {
    StringBuilder out = new StringBuilder();
    int next = from;
    while (next < to) {
      String mark = next == from ? lead(words.get(next).gap()) : mark(words.get(next).gap());
      int word = next;
      StringBuilder shown = new StringBuilder();
      Optional<Item> item = itemAt(next, verbs);
      if (item.isPresent()) {
        shown.append("@").append(item.get().type().letter).append(items.indexOf(item.get()));
        within(item.get(), shown);
        next = item.get().to();
        if (words.get(next - 1).possessive()) {
          shown.append(" 's");
        }
      } else {
        shown.append(words.get(next).plain());
        if (words.get(next).possessive()) {
          shown.append(" 's");
        }
        next++;
      }
      append(out, at, mark, word);
      append(out, at, shown.append(' ').toString(), word);
    }
    return out.toString();
  }

  /** A resource named within what is done to it stands behind the verb. */
  private void within(Item item, StringBuilder shown) {
    for (int k = 0; k < items.size(); k++) {
      Item other = items.get(k);
      boolean inside = other.from() > item.from() && other.to() <= item.to();
      boolean twin = other.from() == item.from() && other.type() == Item.Type.VERB;
      if (!other.equals(item) && (inside || twin)) {
        shown.append(" @").append(other.type().letter).append(k);
      }
    }
  }

  private Optional<Item> itemAt(int word, boolean verbs) {
    return items.stream()
        .filter(i -> i.from() == word)
        .filter(i -> !verbs || i.act().map(a -> !a.full().isEmpty()).orElse(true))
        .findFirst();
  }

  private static void append(StringBuilder out, List<Integer> at, String text, int word) {
    out.append(text);
    for (int i = 0; i < text.length(); i++) {
      at.add(word);
    }
  }

  private static String lead(String gap) {
    return gap.indexOf('(') >= 0 ? "( " : "";
  }

  private static String mark(String gap) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < gap.length(); i++) {
      char c = gap.charAt(i);
      switch (c) {
        case ',' -> out.append(", ");
        case ';', '|' -> out.append("; ");
        case ':' -> out.append(": ");
        case '(', '[' -> out.append("( ");
        case ')', ']' -> out.append(") ");
        case '/' -> out.append("/ ");
        case '+', '&' -> out.append("and ");
        case '=' -> out.append("= ");
        case '.' -> out.append(gap.length() == 1 ? "" : ". ");
        case '\n' -> out.append(gap.indexOf('\n') == i ? "\n " : "");
        case '\u2013', '\u2014', '>' -> out.append("- ");
        case '-', '*', '\u2022' -> out.append(gap.length() == 1 && c == '-' ? "" : "- ");
        default -> {}
      }
    }
    return out.toString();
  }

  /** The item a placeholder such as {@code @a3} stands for. */
  Item item(String placeholder) {
    return items.get(Integer.parseInt(placeholder.substring(2)));
  }

  /** The word at a place of the skeleton. */
  int word(int at) {
    return wordAt.length == 0 ? from : wordAt[Math.min(Math.max(at, 0), wordAt.length - 1)];
  }

  /** The word at a place of the spoken skeleton. */
  int spokenWord(int at) {
    return spokenAt.length == 0 ? from : spokenAt[Math.min(Math.max(at, 0), spokenAt.length - 1)];
  }

  /** Where an item stands in the skeleton. */
  int place(Item item) {
    return skeleton.indexOf("@" + item.type().letter + items.indexOf(item) + " ");
  }

  boolean has(Pattern pattern) {
    return pattern.matcher(skeleton).find();
  }

  List<Item> of(Item.Type type) {
    return items.stream().filter(i -> i.type() == type).toList();
  }

  /** The items that a pattern's group one names, wherever it matches. */
  List<Item> named(Pattern pattern) {
    List<Item> out = new ArrayList<>();
    Matcher m = pattern.matcher(spoken);
    while (m.find()) {
      for (int g = 1; g <= m.groupCount(); g++) {
        if (m.group(g) != null && m.group(g).startsWith("@")) {
          out.add(item(m.group(g).strip()));
        }
      }
    }
    return out;
  }

  /** The part between two words. */
  Sentence part(int first, int last) {
    return new Sentence(words, first, last, asks && last == to, items);
  }

  /** The sentences between two words of a text. */
  static List<Sentence> of(List<Word> words, int first, int last, List<Item> items, String text) {
    List<Sentence> out = new ArrayList<>();
    int start = first;
    for (int i = first + 1; i <= last; i++) {
      int at = i;
      boolean inside = i < last && items.stream().anyMatch(x -> x.from() < at && at < x.to());
      String gap = i < words.size() ? words.get(i).gap() : tail(words, text);
      if (i == last || (!inside && ends(words, i, gap, start))) {
        int mark = gap.indexOf('?');
        boolean asks = mark >= 0 && gap.lastIndexOf(Word.MASKED, mark) < 0;
        out.add(new Sentence(words, start, i, asks, items));
        start = i;
      }
    }
    return out;
  }

  private static String tail(List<Word> words, String text) {
    int end = Math.min(words.getLast().end(), text.codePointCount(0, text.length()));
    return text.substring(text.offsetByCodePoints(0, end));
  }

  /** Words that go on after dots, to put right what stands before them. */
  private static final Set<String> TAKES_BACK =
      Set.of("actually", "no", "wait", "sorry", "scratch", "strike", "scrap", "or", "oh", "hm");

  private static boolean ends(List<Word> words, int i, String gap, int start) {
    Word before = words.get(i - 1);
    if (gap.indexOf(Word.MASKED) >= 0) {
      return true;
    }
    int newline = gap.indexOf('\n');
    if (newline >= 0) {
      boolean lineStarts = gap.indexOf('\n') != gap.lastIndexOf('\n') || gap.strip().length() > 0;
      boolean wrapped =
          !lineStarts
              && gap.strip().isEmpty()
              && !words.get(i).capital()
              && length(words, i, start) > 45;
      boolean label = labelled(words, i);
      return !wrapped || label;
    }
    if ((gap.startsWith("..") || gap.startsWith("\u2026"))
        && TAKES_BACK.contains(words.get(i).plain())) {
      return false;
    }
    for (int k = 0; k < gap.length(); k++) {
      char c = gap.charAt(k);
      boolean free = k + 1 == gap.length() ? false : !Character.isLetterOrDigit(gap.charAt(k + 1));
      if ((c == '!' || c == '?') && free) {
        return true;
      }
      if (c == '.' && free) {
        boolean initial =
            before.raw().length() == 1 && Character.isUpperCase(before.raw().charAt(0));
        return !initial && !SHORT.contains(before.plain())
            || gap.length() > 2 && gap.startsWith("..");
      }
    }
    return false;
  }

  private static int length(List<Word> words, int i, int start) {
    int first = i - 1;
    while (first > start && words.get(first).gap().indexOf('\n') < 0) {
      first--;
    }
    return words.get(i - 1).end() - words.get(first).start();
  }

  private static boolean labelled(List<Word> words, int i) {
    for (int k = i + 1; k < Math.min(words.size(), i + 5); k++) {
      if (words.get(k).gap().indexOf('\n') >= 0) {
        return false;
      }
      if (words.get(k).gapHas(":=|")) {
        return true;
      }
    }
    return false;
  }
}
