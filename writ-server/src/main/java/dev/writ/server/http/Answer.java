package dev.writ.server.http;

import dev.writ.base.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is sent back: a status, headers and bytes. {@code Cache-Control: no-store} unless said
 * otherwise; security headers and the request id are added by the server.
 */
public final class Answer {
  private static final byte[] NOTHING = new byte[0];
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** JSON in canonical bytes (RFC 8785). */
  public static Answer json(int status, Json json) {
    return bytes(status, "application/json", json.canonical());
  }

  /** Text. */
  public static Answer text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of a media type. */
  public static Answer bytes(int status, String mediaType, byte[] body) {
    return new Answer(status, Map.of("Content-Type", mediaType), body.clone());
  }

  /** A status alone. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), NOTHING);
  }

  /** The same answer with a header; a header of that name is replaced. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  public int status() {
    return status;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  Map<String, String> headers() {
    return headers;
  }

  /** A copy of the bytes. */
  public byte[] body() {
    return body.clone();
  }

  /** The bytes as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + text();
  }
}
