package dev.writ.models;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.draft.Drafted;
import dev.writ.draft.Drafter;
import dev.writ.draft.Lexicon;
import dev.writ.draft.ModelOutput;
import dev.writ.draft.Prompt;
import dev.writ.draft.Proposal;
import dev.writ.draft.ProposalForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks a model once. An answer that is late, too long or not in the form leaves the prompt to
 * another drafter, and the draft says so. The model has no tools and sees no secret.
 */
final class ModelDrafter implements Drafter {
  private static final ResponseFormat FORMAT =
      ResponseFormat.builder()
          .type(ResponseFormatType.JSON)
          .jsonSchema(
              JsonSchema.builder()
                  .name("proposal")
                  .rootElement(
                      JsonRawSchema.from(
                          new String(ProposalForm.schema().canonical(), StandardCharsets.UTF_8)))
                  .build())
          .build();

  private final String name;
  private final ChatModel model;
  private final Drafter fallback;

  ModelDrafter(String name, ChatModel model, Drafter fallback) {
    this.name = name;
    this.model = model;
    this.fallback = fallback;
  }

  /** What came of asking. */
  private sealed interface Answer {}

  private record Text(String version, String text) implements Answer {}

  private record Silence(String why) implements Answer {}

  @Override
  public Proposal propose(Prompt prompt, Lexicon lexicon) {
    return draft(prompt, lexicon).proposal();
  }

  @Override
  public Drafted draft(Prompt prompt, Lexicon lexicon) {
    return switch (ask(Question.of(prompt, lexicon.catalogue()))) {
      case Silence(String why) -> instead(prompt, lexicon, new ModelOutput(name, "", why, ""));
      case Text(String version, String text) -> read(prompt, lexicon, version, text);
    };
  }

  private Drafted read(Prompt prompt, Lexicon lexicon, String version, String text) {
    Parsed<Proposal> proposal =
        ProposalForm.parse(
            name,
            unfenced(text).getBytes(StandardCharsets.UTF_8),
            prompt,
            lexicon.catalogue().calendar());
    return switch (proposal) {
      case Parsed.Ok<Proposal>(Proposal p) ->
          new Drafted(p, List.of(new ModelOutput(name, version, ModelOutput.USED, text)));
      case Parsed.Refused<Proposal>(List<Problem> problems) ->
          instead(
              prompt,
              lexicon,
              new ModelOutput(
                  name,
                  version,
                  "its answer is not in the form: " + problems.getFirst().what(),
                  text));
    };
  }

  private Drafted instead(Prompt prompt, Lexicon lexicon, ModelOutput output) {
    Drafted other = fallback.draft(prompt, lexicon);
    Proposal p = other.proposal();
    List<ModelOutput> outputs = new ArrayList<>(List.of(output));
    outputs.addAll(other.outputs());
    return new Drafted(
        new Proposal(p.drafter() + " instead of " + name, p.intent(), p.flags(), p.parts()),
        outputs);
  }

  private Answer ask(Question question) {
    ChatRequest request =
        ChatRequest.builder()
            .messages(SystemMessage.from(question.system()), UserMessage.from(question.user()))
            .responseFormat(FORMAT)
            .build();
    try {
      ChatResponse response = model.chat(request);
      String version = Objects.requireNonNullElse(response.modelName(), "");
      return Optional.ofNullable(response.aiMessage().text())
          .<Answer>map(text -> new Text(version, text))
          .orElse(new Silence("it answered without text"));
    } catch (RuntimeException e) {
      // Whatever a library makes of a stranger's answer, the prompt is drafted all the same.
      return new Silence(why(e));
    }
  }

  private static String why(RuntimeException thrown) {
    int depth = 0;
    for (Throwable e = thrown; e != null && depth < 8; e = e.getCause(), depth++) {
      if (e instanceof BoundedHttp.NoAnswer none) {
        return String.valueOf(none.getMessage());
      }
      if (e instanceof HttpException http) {
        return "it answered HTTP " + http.statusCode();
      }
    }
    return "its answer cannot be read";
  }

  /** Some models put JSON between fences although they are asked for it alone. */
  private static String unfenced(String text) {
    String all = text.strip();
    if (!all.startsWith("```") || !all.endsWith("```") || all.indexOf('\n') < 0) {
      return all;
    }
    return all.substring(all.indexOf('\n') + 1, Math.max(all.indexOf('\n') + 1, all.length() - 3));
  }
}
