package dev.writ.draft;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import java.nio.charset.StandardCharsets;

/**
 * What a model answered: evidence, sealed with the prompt, since it may repeat the prompt's words.
 *
 * @param model who was asked: provider and model, such as {@code ollama/llama3.1}
 * @param version the model that says it answered; empty when none did
 * @param outcome {@code used}, or why it was not, in words for people
 * @param output the answer as it came; empty when none did
 */
public record ModelOutput(String model, String version, String outcome, String output) {
  /** Most code points of an output that are kept; a longer one keeps its beginning. */
  public static final int MOST = 32_768;

  /** The outcome of an answer that became the proposal. */
  public static final String USED = "used";

  /** As it is sealed: with the length and digest of the whole output. */
  public Json.Obj canonicalForm() {
    byte[] whole = output.getBytes(StandardCharsets.UTF_8);
    int points = output.codePointCount(0, output.length());
    String kept = points > MOST ? output.substring(0, output.offsetByCodePoints(0, MOST)) : output;
    return Json.object()
        .put("model", model)
        .put("version", version)
        .put("outcome", outcome)
        .put("output", wellFormed(kept))
        .put("bytes", whole.length)
        .put("digest", Digest.sha256(whole))
        .build();
  }

  /** Canonical JSON holds no unpaired surrogate. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
