package dev.writ.models;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP to a model: one time limit for the whole exchange, at most {@link #MOST_BYTES} of an answer,
 * no redirects.
 */
final class BoundedHttp implements HttpClient {
  /** Longest answer that is read. */
  static final int MOST_BYTES = 1 << 20;

  private final java.net.http.HttpClient client;
  private final Duration limit;

  private BoundedHttp(Duration limit) {
    this.limit = limit;
    this.client =
        java.net.http.HttpClient.newBuilder()
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
            .connectTimeout(limit)
            .build();
  }

  /** What the providers' libraries want: they may not change the limit. */
  static HttpClientBuilder builder(Duration limit) {
    return new Builder(new BoundedHttp(limit), limit);
  }

  private record Builder(HttpClient http, Duration limit) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return limit;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return limit;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return http;
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            wire(request),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
    HttpResponse<byte[]> response = await(answer);
    String body = new String(response.body(), StandardCharsets.UTF_8);
    if (response.statusCode() / 100 != 2) {
      throw new HttpException(response.statusCode(), body);
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(body)
        .build();
  }

  private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer) {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new NoAnswer("no answer within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new NoAnswer("interrupted", e);
    } catch (ExecutionException e) {
      boolean long1 = e.getCause() instanceof IOException io && tooLong(io);
      throw new NoAnswer(
          long1 ? "an answer of more than " + MOST_BYTES + " bytes" : "it cannot be reached", e);
    }
  }

  private static boolean tooLong(IOException e) {
    return String.valueOf(e.getMessage()).contains("body exceeds capacity");
  }

  /** The model did not answer, in words for people. */
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoAnswer(String why, Throwable cause) {
      super(why, cause);
    }
  }

  private static java.net.http.HttpRequest wire(HttpRequest request) {
    java.net.http.HttpRequest.Builder out =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach((name, values) -> values.forEach(v -> out.header(name, v)));
    return out.method(
            request.method().name(),
            java.net.http.HttpRequest.BodyPublishers.ofString(request.body()))
        .build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("answers are not streamed");
  }
}
