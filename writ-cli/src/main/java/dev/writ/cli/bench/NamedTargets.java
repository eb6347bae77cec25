package dev.writ.cli.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The targets that a prompt names: e-mail addresses, web addresses, file names, quoted words,
 * proper names, numbers after a word such as "ID", and a plain word beside the parameter's own
 * ("the general channel"). A value that only resembles one of them is not named.
 */
final class NamedTargets {
  private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
  private static final Pattern WEB =
      Pattern.compile("(?:https?://|www\\.)[^\\s,;()'\"<>]*[^\\s,;()'\"<>.!?]");
  private static final Pattern FILE =
      Pattern.compile("[\\w()-]+(?:[./\\\\][\\w()-]+)*\\.\\w{1,5}\\b");
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?<![\\p{L}\\p{Nd}])['\"`\u2018\u201c]([^'\"`\u2019\u201d]{1,200})['\"`\u2019\u201d]");
  private static final Pattern NAME =
      Pattern.compile("\\b\\p{Lu}[\\p{L}\\p{Nd}_-]*(?: \\p{Lu}[\\p{L}\\p{Nd}_-]*)*");
  private static final Pattern NUMBERED =
      Pattern.compile("(?i)\\b(?:id|no\\.?|number|#)\\s*(?:is|=|:)?\\s*['\"#]?([\\w-]*\\d[\\w-]*)");
  private static final Pattern DATE =
      Pattern.compile(
          "(?i)\\b(?:\\d{1,4}[-/]\\d{1,2}(?:[-/]\\d{1,4})?|\\d{1,2}(?::\\d{2})?"
              + " ?(?:am|pm)|\\d{1,2}:\\d{2}|today|tonight|tomorrow|now|noon|midnight"
              + "|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
              + " \\d{1,2}|\\d{1,2}(?:st|nd|rd|th)? (?:of"
              + " )?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*|(?:next|this|last)"
              + " (?:week|month|year|weekend))\\b");
  private static final Pattern AMOUNT =
      Pattern.compile(
          "(?i)\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand"
              + "|million|half|all|every|each)\\b");
  private static final Set<String> MAILED =
      Set.of("email", "recipient", "to", "cc", "bcc", "participant", "attendee", "invitee");
  private static final Set<String> DATED =
      Set.of("date", "time", "day", "start", "end", "deadline", "datetime", "until", "from");
  private static final Set<String> COUNTED =
      Set.of("amount", "price", "quantity", "count", "limit", "percentage", "temperature");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}_-]+");

  private final Set<String> named = new LinkedHashSet<>();
  private final String prompt;
  private final List<String> words;

  NamedTargets(String prompt) {
    this.prompt = prompt;
    collect(MAIL, prompt, 0);
    collect(WEB, prompt, 0);
    collect(QUOTED, prompt, 1);
    collect(NUMBERED, prompt, 1);
    // An address is named whole: the name before its @ is not the name of somebody.
    String rest = WEB.matcher(MAIL.matcher(prompt).replaceAll(" ")).replaceAll(" ");
    collect(FILE, rest, 0);
    names(rest);
    words = WORD.matcher(rest).results().map(r -> r.group().toLowerCase(Locale.ROOT)).toList();
  }

  private void collect(Pattern pattern, String prompt, int group) {
    Matcher m = pattern.matcher(prompt);
    while (m.find()) {
      named.add(plain(m.group(group)));
    }
  }

  /**
   * A run of capitalised words, and each of them alone; a single one that begins a sentence may be
   * any word.
   */
  private void names(String prompt) {
    Matcher m = NAME.matcher(prompt);
    while (m.find()) {
      String[] run = m.group().split(" ", -1);
      if (run.length > 1 || !begins(prompt, m.start())) {
        named.add(plain(m.group()));
        for (String word : run) {
          named.add(plain(word));
        }
      }
    }
  }

  private static boolean begins(String prompt, int at) {
    String before = prompt.substring(0, at).stripTrailing();
    return before.isEmpty() || ".!?:\n".indexOf(before.charAt(before.length() - 1)) >= 0;
  }

  private static String plain(String text) {
    return text.strip()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^https?://", "")
        .replaceFirst("/$", "");
  }

  /** Whether the prompt names this value for a parameter of this name. */
  boolean name(String value, ToolSpec.Parameter parameter) {
    String plain = plain(value);
    if (plain.isEmpty()) {
      return false;
    }
    if (named.contains(plain)) {
      return true;
    }
    for (int i = 0; i < words.size(); i++) {
      boolean here = words.get(i).equals(plain) && !plain.chars().allMatch(Character::isDigit);
      if (here && (noun(i - 1, parameter) || noun(i + 1, parameter))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the prompt says nothing that could be the value of a parameter of this kind: no address
   * for a recipient, no number or quoted name for an id, no place for a file or link, no date, no
   * amount. Of other kinds nothing is claimed.
   */
  boolean missing(ToolSpec.Parameter parameter) {
    List<String> kind = parameter.words().stream().map(ToolWords::singular).toList();
    if (kind.contains("id")) {
      return !NUMBERED.matcher(prompt).find() && !QUOTED.matcher(prompt).find();
    }
    if (kind.stream().anyMatch(MAILED::contains)) {
      return !MAIL.matcher(prompt).find();
    }
    if (ToolWords.outside(kind)) {
      return !WEB.matcher(prompt).find() && !FILE.matcher(prompt).find();
    }
    if (kind.contains("path") || kind.contains("filename")) {
      return !FILE.matcher(prompt).find() && !QUOTED.matcher(prompt).find();
    }
    if (kind.stream().anyMatch(DATED::contains)) {
      return !DATE.matcher(prompt).find();
    }
    return kind.stream().anyMatch(COUNTED::contains) && !AMOUNT.matcher(prompt).find();
  }

  private boolean noun(int at, ToolSpec.Parameter parameter) {
    return at >= 0
        && at < words.size()
        && parameter.words().contains(ToolWords.singular(words.get(at)));
  }
}
