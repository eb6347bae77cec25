package dev.writ.models;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.writ.draft.Drafter;
import dev.writ.draft.DrafterProvider;
import java.util.List;
import java.util.Set;

/** Makes drafters for OpenAI and what speaks its protocol, for Ollama and for Anthropic. */
public final class ModelDrafters implements DrafterProvider {
  private static final List<String> PROVIDERS = List.of("openai", "ollama", "anthropic");
  private static final int MOST_TOKENS = 8_192;

  @Override
  public boolean knows(String provider) {
    return PROVIDERS.contains(provider);
  }

  @Override
  public Drafter open(Model model, Drafter fallback) {
    ChatModel chat =
        switch (model.provider()) {
          case "openai" -> openAi(model);
          case "ollama" -> ollama(model);
          case "anthropic" -> anthropic(model);
          default -> throw new IllegalArgumentException("no provider " + model.provider());
        };
    return new ModelDrafter(model.toString(), chat, fallback);
  }

  private static ChatModel openAi(Model model) {
    return OpenAiChatModel.builder()
        .httpClientBuilder(BoundedHttp.builder(model.limit()))
        .baseUrl(model.url().toString())
        .apiKey(model.key().orElse("none"))
        .modelName(model.model())
        .maxCompletionTokens(MOST_TOKENS)
        .supportedCapabilities(Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
        .strictJsonSchema(true)
        .timeout(model.limit())
        .maxRetries(0)
        .build();
  }

  private static ChatModel ollama(Model model) {
    return OllamaChatModel.builder()
        .httpClientBuilder(BoundedHttp.builder(model.limit()))
        .baseUrl(model.url().toString())
        .modelName(model.model())
        .temperature(0.0)
        .numPredict(MOST_TOKENS)
        .supportedCapabilities(Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
        .timeout(model.limit())
        .maxRetries(0)
        .build();
  }

  private static ChatModel anthropic(Model model) {
    return AnthropicChatModel.builder()
        .httpClientBuilder(BoundedHttp.builder(model.limit()))
        .baseUrl(model.url().toString())
        .apiKey(model.key().orElse("none"))
        .modelName(model.model())
        .maxTokens(MOST_TOKENS)
        .supportedCapabilities(Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
        .timeout(model.limit())
        .maxRetries(0)
        .build();
  }
}
