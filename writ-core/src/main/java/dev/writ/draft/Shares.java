package dev.writ.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of which workflow something is said when a prompt asks for several. */
final class Shares {
  private static final Pattern EACH =
      Pattern.compile(
          "\\b(?:each|both|all|every|apiece|either|together|the two|the three|them)\\b");
  private static final Pattern ORDER =
      Pattern.compile(
          "\\brespectively\\b|\\bin (?:that|this|the same|the given) order\\b|\\bin turn\\b");
  private static final Pattern ORDINAL =
      Pattern.compile(
          "^[^,;.]*?\\b(?:for|to|with|by|:) ?(?:the"
              + " )?(first|former|second|latter|other|third|last)(?: one)?\\b");

  /**
   * Something that is said.
   *
   * @param item where
   * @param clause in which clause
   */
  record Said<T>(T value, Item item, Clause clause) {}

  private final Reading reading;

  Shares(Reading reading) {
    this.reading = reading;
  }

  /** Which of the workflows each thing is said of, in order. */
  <T> Map<Wanted, List<Said<T>>> of(List<Said<T>> said, List<Wanted> wanted) {
    Map<Wanted, List<Said<T>>> out = new LinkedHashMap<>();
    wanted.forEach(w -> out.put(w, new ArrayList<>()));
    if (wanted.size() <= 1) {
      wanted.forEach(w -> out.put(w, new ArrayList<>(said)));
      return out;
    }
    List<Said<T>> loose = new ArrayList<>();
    for (Said<T> one : said) {
      List<Said<T>> same =
          said.stream().filter(x -> x.clause().whole() == one.clause().whole()).toList();
      boolean order = ORDER.matcher(one.clause().whole().spoken).find();
      List<Wanted> mine;
      if (order && same.size() == wanted.size()) {
        mine = List.of(wanted.get(same.indexOf(one)));
      } else {
        mine = ordinal(one, wanted).map(List::of).orElseGet(() -> near(one, wanted));
      }
      if (mine.isEmpty()) {
        loose.add(one);
      }
      mine.forEach(w -> out.computeIfAbsent(w, k -> new ArrayList<>()).add(one));
    }
    for (Said<T> one : loose) {
      List<Wanted> lacking =
          wanted.stream().filter(w -> out.getOrDefault(w, List.of()).isEmpty()).toList();
      Optional<Wanted> last = last(one, wanted);
      boolean others = lacking.size() < wanted.size();
      List<Wanted> to = others && last.isPresent() ? List.of(last.get()) : wanted;
      to.stream()
          .filter(w -> lacking.contains(w) || loose.size() > 1)
          .forEach(w -> out.computeIfAbsent(w, k -> new ArrayList<>()).add(one));
    }
    return out;
  }

  private static <T> Optional<Wanted> ordinal(Said<T> one, List<Wanted> wanted) {
    Sentence s = one.clause().whole();
    int at = s.place(one.item());
    if (at < 0) {
      return Optional.empty();
    }
    int end = s.skeleton.indexOf(' ', at);
    Matcher m = ORDINAL.matcher(s.skeleton.substring(end < 0 ? at : end));
    if (!m.find() || m.group().contains("@" + one.item().type().letter)) {
      return Optional.empty();
    }
    return switch (m.group(1)) {
      case "first", "former" -> Optional.of(wanted.getFirst());
      case "second" -> Optional.of(wanted.get(1));
      case "third" -> wanted.size() > 2 ? Optional.of(wanted.get(2)) : Optional.empty();
      default -> Optional.of(wanted.getLast());
    };
  }

  private static <T> List<Wanted> near(Said<T> one, List<Wanted> wanted) {
    Sentence s = one.clause().whole();
    if (EACH.matcher(s.spoken).find()) {
      return wanted;
    }
    List<Wanted> here = new ArrayList<>();
    int best = -1;
    for (Wanted w : wanted) {
      for (Item a : w.named) {
        if (a.from() >= s.from && a.to() <= s.to) {
          boolean before = a.from() <= one.item().from();
          int rank = before ? a.from() : -2;
          if (rank > best || here.isEmpty()) {
            boolean joined = best >= 0 && a.from() - best <= 4;
            if (!joined) {
              here.clear();
            }
            best = Math.max(best, rank);
          } else if (rank < best && !(best - a.from() <= 4)) {
            continue;
          }
          if (!here.contains(w)) {
            here.add(w);
          }
        }
      }
    }
    return here;
  }

  private <T> Optional<Wanted> last(Said<T> one, List<Wanted> wanted) {
    Optional<Wanted> out = Optional.empty();
    int best = -1;
    for (Wanted w : wanted) {
      for (Item a : w.named) {
        if (a.from() < one.item().from() && a.from() > best && a.from() < reading.words.size()) {
          best = a.from();
          out = Optional.of(w);
        }
      }
    }
    return out;
  }
}
