package dev.writ.draft;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules read in a prompt, stage by stage: whose words they are, the words, the items, the
 * fields and sentences, the clauses, and then the workflows. Drafter and verifier read alike; the
 * verifier admits nothing that it does not read itself.
 */
final class Reading {
  final Prompt prompt;
  final Lexicon lexicon;
  final Zones zones;
  final List<Word> words;
  final List<Item> items;
  final List<Clause> clauses = new ArrayList<>();
  final List<Fields.Field> fields = new ArrayList<>();
  final String ownText;
  final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  final List<Wanted> wanted;
  final Intent intent;

  /** Longest prompt that is read, in code points; of a longer one nothing is. */
  static final int LONGEST = 5_000;

  /** Longest sentence, in words. */
  static final int LONGEST_SENTENCE = 150;

  /** What chats leave out. */
  private static final Map<String, String> CONTRACTED =
      Map.ofEntries(
          Map.entry("im", "i'm"),
          Map.entry("ive", "i've"),
          Map.entry("dont", "don't"),
          Map.entry("doesnt", "doesn't"),
          Map.entry("cant", "can't"),
          Map.entry("wont", "won't"),
          Map.entry("isnt", "isn't"),
          Map.entry("shouldnt", "shouldn't"),
          Map.entry("mustnt", "mustn't"),
          Map.entry("thats", "that's"),
          Map.entry("shd", "should"),
          Map.entry("shld", "should"),
          Map.entry("nd", "and"),
          Map.entry("teh", "the"),
          Map.entry("fr", "for"),
          Map.entry("frm", "from"),
          Map.entry("abel", "able"),
          Map.entry("prd", "prod"));

  Reading(Prompt prompt, Lexicon lexicon) {
    this.prompt = prompt;
    this.lexicon = lexicon;
    int length = prompt.text().codePointCount(0, prompt.text().length());
    boolean readable = length <= LONGEST;
    this.zones = readable ? Zones.of(prompt.text(), lexicon::names) : Zones.noneOf(prompt.text());
    this.ownText = own();
    List<Word> read = new ArrayList<>();
    for (Word w : readable ? Word.of(prompt.text(), zones) : List.<Word>of()) {
      String meant = lexicon.speller().meant(CONTRACTED.getOrDefault(w.plain(), w.plain()));
      read.add(meant.equals(w.plain()) ? w : w.as(meant));
    }
    this.words = List.copyOf(read);
    flags.addAll(zones.flags());
    this.items =
        words.isEmpty() ? List.of() : new Scan(lexicon, words).items(new Clock(this)::found);
    if (!words.isEmpty()) {
      clauses();
    }
    if (!readable
        || clauses.stream().anyMatch(c -> c.whole().to - c.whole().from > LONGEST_SENTENCE)) {
      // A part that is not read may take back what another part says.
      Wanted nothing = new Wanted(Intent.GRANT, List.of());
      nothing.items.add(
          new Proposal.Refuses(
              "grants[0].resource", "this is too long to be read as one request", List.of()));
      clauses.clear();
      this.wanted = List.of(nothing);
      this.intent = Intent.GRANT;
      return;
    }
    Workflows workflows = new Workflows(this);
    this.wanted = workflows.read();
    this.intent = workflows.intent();
    flags.addAll(workflows.flags());
  }

  /** The prompt unit for unit, with blanks for what does not count. */
  private String own() {
    StringBuilder out = new StringBuilder();
    int[] cs = prompt.text().codePoints().toArray();
    for (int i = 0; i < cs.length; i++) {
      String c = Character.toString(cs[i]);
      boolean line = cs[i] == '\n';
      out.append(
          zones.trusted(i) || line ? c : (zones.invisible(i) ? " " : "\n").repeat(c.length()));
    }
    return out.toString();
  }

  private void clauses() {
    List<Fields.Range> ranges = Fields.ranges(ownText);
    int at = 0;
    for (Fields.Range range : ranges) {
      int label = wordFrom(range.label());
      int start = wordFrom(range.start());
      int end = wordFrom(range.end());
      if (label > at) {
        plain(at, label);
      }
      field(range, start, Math.max(start, end));
      at = Math.max(at, Math.max(start, end));
    }
    if (at < words.size()) {
      plain(at, words.size());
    }
  }

  /** The first word at or behind a place in UTF-16 units. */
  private int wordFrom(int unit) {
    int cp = ownText.codePointCount(0, Math.min(unit, ownText.length()));
    int i = 0;
    while (i < words.size() && words.get(i).start() < cp) {
      i++;
    }
    return i;
  }

  private void plain(int from, int to) {
    for (Sentence s : Sentence.of(words, from, to, items, ownText)) {
      clauses.addAll(Clause.of(s, Optional.empty()));
    }
  }

  private void field(Fields.Range range, int from, int to) {
    String text = ownText.substring(range.start(), range.end());
    Optional<Sentence> value =
        from < to ? Optional.of(new Sentence(words, from, to, false, items)) : Optional.empty();
    Fields.Field field = new Fields.Field(range.kind(), value, text);
    fields.add(field);
    if (value.isPresent() && !field.unknown()) {
      clauses.addAll(Clause.of(value.get(), Optional.of(range.kind())));
    }
  }

  /** The words from one to another, as they stand in the prompt. */
  Quote quote(int fromWord, int toWord) {
    return prompt.quote(words.get(fromWord).start(), words.get(toWord - 1).end());
  }

  Quote quote(Item item) {
    return quote(item.from(), item.to());
  }

  List<Quote> quotes(List<Item> of) {
    return of.stream().map(this::quote).toList();
  }
}
