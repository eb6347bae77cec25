package dev.writ.draft;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Makes drafters that ask a model. Found on the class path, and only when one is configured. */
public interface DrafterProvider {
  /**
   * Where the model is.
   *
   * @param provider {@code openai} (and whatever speaks its protocol), {@code ollama}, {@code
   *     anthropic}
   * @param key what proves who asks; absent where nothing is asked for
   * @param limit how long an answer may take, from the first byte sent to the last received
   */
  record Model(String provider, URI url, String model, Optional<String> key, Duration limit) {
    /** Provider and model, as facts name them; the key is never shown. */
    @Override
    public String toString() {
      return provider + "/" + model;
    }
  }

  /** Whether it knows the provider. */
  boolean knows(String provider);

  /**
   * A drafter that asks the model.
   *
   * @param fallback drafts when the model does not answer in time or not in the form asked for
   */
  Drafter open(Model model, Drafter fallback);
}
