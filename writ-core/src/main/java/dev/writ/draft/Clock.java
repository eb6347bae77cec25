package dev.writ.draft;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds times in the requester's own words, slips of the keyboard put right. What stands between
 * names is looked at once more with the names left out: a length before a name is a length.
 */
final class Clock {
  private final Reading reading;

  Clock(Reading reading) {
    this.reading = reading;
  }

  /** The times, by code points of the prompt. */
  List<Times.Found> found(List<Item> items) {
    List<Times.Found> out = new ArrayList<>(read(List.of()));
    List<Item> names =
        items.stream()
            .filter(i ->
                switch (i.type()) {
                  case AGENT, PROCESS, PERSON, RESOURCE, ENVIRONMENT -> true;
                  case TARGET, VERB, TIME -> false;
                })
            .toList();
    boolean said =
        out.stream()
            .anyMatch(f ->
                switch (f.said()) {
                  case Times.Fixed t -> true;
                  case Times.Vague v -> true;
                  case Times.Endless e -> true;
                  case Times.Starts s -> false;
                  case Times.Event e -> false;
                  case Times.Limit l -> false;
                });
    if (!names.isEmpty() && !said) {
      for (Times.Found f : read(names)) {
        boolean known = out.stream().anyMatch(o -> o.start() < f.end() && f.start() < o.end());
        if (!known && !(f.said() instanceof Times.Event)) {
          out.add(f);
        }
      }
    }
    return out;
  }

  private List<Times.Found> read(List<Item> left) {
    int[] cs = reading.ownText.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    List<Integer> origin = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < reading.words.size(); i++) {
      Word w = reading.words.get(i);
      int word = i;
      for (; at < w.start() && at < cs.length; at++) {
        text.appendCodePoint(cs[at]);
        origin.add(at);
      }
      boolean name = left.stream().anyMatch(x -> x.from() <= word && word < x.to());
      String shown =
          name
              ? ","
              : w.plain().equals(Word.plain(w.raw())) || w.possessive() ? w.raw() : w.plain();
      int n = shown.codePointCount(0, shown.length());
      for (int k = 0; k < n; k++) {
        origin.add(Math.min(w.start() + k, w.end() - 1));
      }
      text.append(shown);
      at = w.end();
    }
    for (; at < cs.length; at++) {
      text.appendCodePoint(cs[at]);
      origin.add(at);
    }
    List<Times.Found> out = new ArrayList<>();
    for (Times.Found f :
        Times.in(text.toString(), reading.lexicon.catalogue(), reading.prompt.now())) {
      if (f.end() > f.start() && f.end() <= origin.size()) {
        out.add(
            new Times.Found(
                origin.get(f.start()), origin.get(f.end() - 1) + 1, f.said(), f.sure()));
      }
    }
    return out;
  }
}
