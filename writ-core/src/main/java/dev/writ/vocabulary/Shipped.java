package dev.writ.vocabulary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that ship with the code, under {@code dev/writ/spec}: as constant as the code itself. */
public final class Shipped {
  /** The example company's catalogue. */
  public static final String BRIGHTWATER = "brightwater/catalogue.yaml";

  /** Admission policies to start a development ledger with. */
  public static final String BASELINE_ADMISSION = "baseline/admission.cedar";

  /** Guardrails to start a development ledger with. */
  public static final String BASELINE_GUARDRAILS = "baseline/guardrails.cedar";

  private Shipped() {}

  /** The text of a shipped file. Throws {@link IllegalArgumentException} when there is none. */
  public static String text(String file) {
    try (InputStream in = Shipped.class.getResourceAsStream("/dev/writ/spec/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("nothing ships as " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
