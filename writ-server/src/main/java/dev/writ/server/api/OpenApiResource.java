package dev.writ.server.api;

import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The API's own description (OpenAPI 3.1). */
public final class OpenApiResource implements Resource {
  static final String FILE = "openapi.json";

  private final byte[] document;

  public OpenApiResource() {
    try (InputStream in = OpenApiResource.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the distribution lacks " + FILE);
      }
      this.document = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void open(Routes routes) {
    routes.get("/openapi.json", this::show);
  }

  private Answer show(Asked asked) {
    return Answer.bytes(200, "application/json", document)
        .with("Cache-Control", "public, max-age=300");
  }
}
