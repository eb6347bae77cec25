package dev.writ.draft;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.Calendar;
import dev.writ.catalogue.Span;
import dev.writ.duration.TimeReader;
import dev.writ.duration.TimeReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The JSON form of a proposal, as a model writes it: quotes are words, not places, since a model
 * cannot count code points. What is not well-formed is left out, and never made to fit; what
 * remains is a stranger's proposal like any other.
 */
public final class ProposalForm {
  /** What of a stranger's document is read: 256 KiB, 10 deep. */
  public static final Json.Bounds BOUNDS = new Json.Bounds(1 << 18, 10, 40_000, true);

  private static final List<String> WAYS = List.of("stated", "unclear", "contradicts", "refused");

  private final Prompt prompt;
  private final Calendar calendar;
  private int left;

  private ProposalForm(Prompt prompt, Calendar calendar) {
    this.prompt = prompt;
    this.calendar = calendar;
  }

  /**
   * Reads a proposal.
   *
   * @param drafter who made it
   * @param json the document
   */
  public static Parsed<Proposal> parse(
      String drafter, byte[] json, Prompt prompt, Calendar calendar) {
    return Json.parseObject(json, BOUNDS)
        .then(o -> new ProposalForm(prompt, calendar).read(drafter, o));
  }

  /** The JSON schema (2020-12) of the form; every member is required and none may be added. */
  public static Json.Obj schema() {
    Json.Obj item =
        object(
            Json.object()
                .put("slot", kind("string"))
                .put("way", choice(WAYS))
                .put("values", texts())
                .put("quotes", texts())
                .put("note", kind("string"))
                .build());
    List<String> intents = Arrays.stream(Intent.values()).map(Intent::word).toList();
    List<String> ofWorkflow =
        Arrays.stream(Intent.values()).filter(Intent::ofWorkflow).map(Intent::word).toList();
    Json.Obj workflow =
        object(Json.object().put("intent", choice(ofWorkflow)).put("items", list(item)).build());
    return object(
        Json.object()
            .put("intent", choice(intents))
            .put("flags", list(choice(Arrays.stream(Flag.values()).map(Flag::word).toList())))
            .put("workflows", list(workflow))
            .build());
  }

  private static Json.Obj object(Json.Obj properties) {
    return Json.object()
        .put("type", "object")
        .put("properties", properties)
        .put("required", Json.strings(List.copyOf(properties.members().keySet())))
        .put("additionalProperties", false)
        .build();
  }

  private static Json.Obj list(Json items) {
    return Json.object().put("type", "array").put("items", items).build();
  }

  private static Json.Obj texts() {
    return list(kind("string"));
  }

  private static Json.Obj kind(String type) {
    return Json.object().put("type", type).build();
  }

  private static Json.Obj choice(List<String> words) {
    return Json.object().put("type", "string").put("enum", Json.strings(words)).build();
  }

  private Parsed<Proposal> read(String drafter, Json.Obj json) {
    Optional<Intent> intent = intent(json);
    Optional<List<Json>> workflows = json.array("workflows");
    if (intent.isEmpty() || workflows.isEmpty()) {
      return Parsed.refused("", "the answer names no intent or no workflows", "ask again");
    }
    left = Proposal.MOST;
    List<Proposal.Part> parts = new ArrayList<>();
    for (Json each : workflows.orElseThrow()) {
      if (each instanceof Json.Obj workflow) {
        intent(workflow)
            .filter(Intent::ofWorkflow)
            .ifPresent(i -> parts.add(new Proposal.Part(i, items(workflow))));
      }
    }
    if (left < 0 || parts.size() > Proposal.MOST_PARTS) {
      return Parsed.refused(
          List.of(
              new Problem("workflows", "the answer holds more than is looked at", "ask again")));
    }
    List<Flag> flags =
        Arrays.stream(Flag.values())
            .filter(f -> strings(json, "flags").contains(f.word()))
            .toList();
    return Parsed.ok(new Proposal(drafter, intent.orElseThrow(), flags, parts));
  }

  private static Optional<Intent> intent(Json.Obj json) {
    String word = json.text("intent").orElse("");
    return Arrays.stream(Intent.values()).filter(i -> i.word().equals(word)).findFirst();
  }

  private List<Proposal.Item> items(Json.Obj workflow) {
    List<Proposal.Item> out = new ArrayList<>();
    for (Json each : workflow.array("items").orElse(List.of())) {
      left--;
      if (left >= 0 && each instanceof Json.Obj item) {
        item(item).ifPresent(out::add);
      }
    }
    return out;
  }

  private Optional<Proposal.Item> item(Json.Obj json) {
    String path = json.text("slot").orElse("");
    List<String> values = strings(json, "values");
    List<String> words = strings(json, "quotes");
    List<Quote> quotes = words.stream().flatMap(w -> find(w).stream()).toList();
    String note = json.text("note").orElse("");
    if (SlotKind.of(path).isEmpty()) {
      return Optional.empty();
    }
    return switch (json.text("way").orElse("")) {
      case "stated" ->
          quotes.size() == words.size() && !quotes.isEmpty()
              ? Optional.of(says(path, values, quotes))
              : Optional.empty();
      case "unclear" -> Optional.of(new Proposal.Unclear(path, values, quotes));
      case "contradicts" -> Optional.of(new Proposal.Contradicts(path, note, quotes));
      case "refused" -> Optional.of(new Proposal.Refuses(path, note, quotes));
      default -> Optional.empty();
    };
  }

  /** What a quote about time comes to is reckoned here, not by the model. */
  private Proposal.Item says(String path, List<String> values, List<Quote> quotes) {
    if (!path.equals("until") || quotes.size() != 1) {
      return new Proposal.Says(path, values, quotes);
    }
    Quote quote = quotes.getFirst();
    Optional<TimeReading> reading = new TimeReader(calendar).whole(quote.text(), prompt.now());
    Optional<String> term = reading.flatMap(ProposalForm::term);
    return term.isPresent()
        ? new Proposal.Says(path, List.of(term.orElseThrow()), quotes)
        : new Proposal.Unclear(path, List.of(quote.text()), quotes);
  }

  private static Optional<String> term(TimeReading reading) {
    return switch (reading) {
      case TimeReading.Relative r ->
          Optional.of(
              new Term.Length(new Span(r.length().iso()), r.length().businessDays()).text());
      case TimeReading.Absolute a -> Optional.of(new Term.Window(a.start(), a.end()).text());
      case TimeReading.Starts _,
          TimeReading.Ambiguous _,
          TimeReading.Endless _,
          TimeReading.Event _,
          TimeReading.Limit _ ->
          Optional.empty();
    };
  }

  /** The first place at which the words stand, letter for letter. */
  private Optional<Quote> find(String words) {
    int at = words.isEmpty() ? -1 : prompt.text().indexOf(words);
    boolean whole =
        at >= 0
            && !Character.isLowSurrogate(words.charAt(0))
            && !Character.isHighSurrogate(words.charAt(words.length() - 1));
    if (!whole) {
      return Optional.empty();
    }
    int start = prompt.text().codePointCount(0, at);
    return Optional.of(prompt.quote(start, start + words.codePointCount(0, words.length())));
  }

  private static List<String> strings(Json.Obj json, String name) {
    List<String> out = new ArrayList<>();
    for (Json each : json.array(name).orElse(List.of())) {
      if (each instanceof Json.Str(String text)) {
        out.add(text);
      }
    }
    return out;
  }
}
