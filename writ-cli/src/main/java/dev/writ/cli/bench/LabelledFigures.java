package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Draft;
import dev.writ.draft.Drafter;
import dev.writ.draft.Lexicon;
import dev.writ.draft.Prompt;
import dev.writ.labels.AnswerSheet;
import dev.writ.labels.Count;
import dev.writ.labels.PromptRecord;
import dev.writ.labels.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The project's own labelled prompts: how right the drafts are, and how long one takes. */
final class LabelledFigures {
  private static final int WARM_UP_ROUNDS = 20;
  private static final int ROUNDS = 30;

  private final Lexicon lexicon;
  private final List<PromptRecord> records;

  private LabelledFigures(Path folder) {
    try {
      byte[] catalogue = Files.readAllBytes(folder.resolve("catalogue.json"));
      lexicon = Lexicon.of(Catalogue.parse(catalogue).orThrow());
      records =
          PromptRecord.parseLines(Files.readString(folder.resolve("prompts.jsonl"))).orThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Every set of the project by its folder's name, in order: {@code vectors/drafting} and the
   * folders in it. Where the project holds no development set, the one beside it.
   */
  static Map<String, LabelledFigures> all() {
    Map<String, LabelledFigures> sets = new LinkedHashMap<>();
    Optional<Path> own = SharedFolder.own("vectors/drafting");
    own.flatMap(LabelledFigures::in)
        .or(() -> SharedFolder.file("drafting").flatMap(LabelledFigures::in))
        .ifPresent(set -> sets.put("development", set));
    own.ifPresent(folder -> {
      for (Path inner : SharedFolder.folders(folder)) {
        in(inner).ifPresent(set -> sets.put(String.valueOf(inner.getFileName()), set));
      }
    });
    return sets;
  }

  private static Optional<LabelledFigures> in(Path folder) {
    boolean whole =
        Files.exists(folder.resolve("prompts.jsonl"))
            && Files.exists(folder.resolve("catalogue.json"));
    return whole ? Optional.of(new LabelledFigures(folder)) : Optional.empty();
  }

  /** The figures that have a gate, and whether they pass it. */
  Json.Obj gates(Drafter drafter) {
    Score score = new Score();
    for (PromptRecord record : records) {
      Draft draft = Draft.of(record.prompt(), drafter, lexicon);
      Json.Obj said = AnswerSheet.of(record.id(), draft);
      record.expect().ifPresent(label -> score.add(record.id(), record.style(), label, said));
    }
    Count open = score.count("open");
    Json.Real silent = Figures.share(score.leftSilent(), open.right() + open.missed());
    boolean pass =
        score.overGrants() == 0
            && score.canaries() == 0
            && open.recall() >= 0.97
            && open.precision() >= 0.85
            && silent.value() <= 0.02
            && score.count("slot").f1() >= 0.93;
    return Json.object()
        .put("prompts", score.prompts())
        .put("overGrants", score.overGrants())
        .put("canaries", score.canaries())
        .put("openSlotRecall", Figures.thousandths(open.recall()))
        .put("openSlotPrecision", Figures.thousandths(open.precision()))
        .put("silentFills", silent)
        .put("slotF1", Figures.thousandths(score.count("slot").f1()))
        .put("intentAccuracy", Figures.thousandths(score.intentAccuracy()))
        .put("flagF1", Figures.thousandths(score.count("flag").f1()))
        .put("gatesPass", pass)
        .build();
  }

  /** Milliseconds from prompt to verified draft, on one thread, the catalogue read already. */
  static Json.Obj time(List<LabelledFigures> sets, Drafter drafter) {
    List<Case> cases = new ArrayList<>();
    sets.forEach(s -> s.records.forEach(r -> cases.add(new Case(r.prompt(), s.lexicon))));
    long[] nanos = new long[ROUNDS * cases.size()];
    int workflows = 0;
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < cases.size(); i++) {
        long start = System.nanoTime();
        Draft draft = Draft.of(cases.get(i).prompt(), drafter, cases.get(i).lexicon());
        long taken = System.nanoTime() - start;
        workflows += draft.workflows().size();
        if (round >= 0) {
          nanos[round * cases.size() + i] = taken;
        }
      }
    }
    Arrays.sort(nanos);
    double whole = Arrays.stream(nanos).sum() / 1e6;
    return Json.object()
        .put("prompts", cases.size())
        .put("rounds", ROUNDS)
        // Counting what was drafted keeps the work alive.
        .put("workflows", workflows / (WARM_UP_ROUNDS + ROUNDS))
        .put("meanMs", Figures.thousandths(whole / nanos.length))
        .put("p50Ms", Figures.thousandths(nanos[nanos.length / 2] / 1e6))
        .put("p99Ms", Figures.thousandths(nanos[nanos.length * 99 / 100] / 1e6))
        .put("promptsPerMs", Figures.thousandths(nanos.length / whole))
        .build();
  }

  /** One prompt and what it is read with. */
  private record Case(Prompt prompt, Lexicon lexicon) {}
}
