package dev.writ.duration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What lengths are counted in, and the words for it. */
enum Unit {
  SECOND("s sec secs second seconds"),
  MINUTE("m min mins minute minutes minutos minuten"),
  HOUR("h hr hrs hour hours std stunde stunden hora horas heure heures ora ore"),
  DAY("d day days dy dys dya dyas dia dias tag tage tagen jour jours giorno giorni"),
  NIGHT("night nights"),
  WEEK("w wk wks week weeks woche wochen semana semanas semaine semaines settimana settimane"),
  FORTNIGHT("fortnight fortnights"),
  SPRINT("sprint sprints"),
  MONTH("mo mos mth mths mnth mnths month months mes meses monat monate monaten mois mese mesi"),
  QUARTER("quarter quarters qtr qtrs"),
  YEAR("y yr yrs ys year years jahr jahre jahren ano anos annee annees anno anni"),
  DECADE("decade decades");

  private static final Map<String, Unit> WORDS = words();
  private static final List<String> LONG =
      WORDS.keySet().stream().filter(w -> w.length() >= 5).toList();

  private final String words;

  Unit(String words) {
    this.words = words;
  }

  /** The unit a word names, exactly as written. */
  static Optional<Unit> named(String word) {
    return Optional.ofNullable(WORDS.get(word));
  }

  /**
   * The unit a word names or nearly names: one slip in a word of five letters or more, two letters
   * swapped in one of four.
   */
  static Optional<Unit> near(String word) {
    Optional<Unit> exact = named(word);
    if (exact.isPresent() || word.length() < 4) {
      return exact;
    }
    if (word.length() == 4) {
      return WORDS.keySet().stream()
          .filter(w -> Slips.swapped(w, word))
          .findFirst()
          .flatMap(Unit::named);
    }
    return LONG.stream().filter(w -> Slips.one(w, word)).findFirst().flatMap(Unit::named);
  }

  private static Map<String, Unit> words() {
    Map<String, Unit> out = new TreeMap<>();
    for (Unit unit : values()) {
      for (String word : unit.words.split(" ", -1)) {
        out.put(word, unit);
      }
    }
    return out;
  }
}
