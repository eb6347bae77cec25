package dev.writ.server.upstream;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Status and headers of one HTTP/1.1 answer.
 *
 * @param headers by lower-case name; of a repeated header the first, except those that frame
 */
record HttpHead(int status, Map<String, String> headers) {
  private static final int MOST_HEADERS = 100;

  Optional<String> header(String lowerName) {
    return Optional.ofNullable(headers.get(lowerName));
  }

  /** The media type without parameters, in lower case; empty when absent. */
  String mediaType() {
    String value = header("content-type").orElse("");
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** Reads the head of the final answer; interim answers (1xx) are skipped. */
  static HttpHead read(HttpSource source, Deadline deadline) throws UpstreamFault {
    for (int interim = 0; interim < 8; interim++) {
      HttpHead head = readOne(source, deadline);
      if (head.status() >= 200) {
        return head;
      }
    }
    throw malformed("too many interim answers");
  }

  private static HttpHead readOne(HttpSource source, Deadline deadline) throws UpstreamFault {
    String line = source.line(deadline);
    if (!line.matches("HTTP/1\\.[01] [1-9][0-9][0-9]( .*)?")) {
      throw malformed("the answer is not HTTP/1.1");
    }
    int status = Integer.parseInt(line.substring(9, 12));
    Map<String, String> headers = new TreeMap<>();
    if (line.startsWith("HTTP/1.0")) {
      headers.put("connection", "close");
    }
    for (int i = 0; ; i++) {
      String header = source.line(deadline);
      if (header.isEmpty()) {
        return new HttpHead(status, headers);
      }
      int colon = header.indexOf(':');
      if (colon < 1 || i >= MOST_HEADERS) {
        throw malformed("the answer's headers are malformed or too many");
      }
      String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = header.substring(colon + 1).strip();
      String before = headers.putIfAbsent(name, value);
      boolean frames = name.equals("content-length") || name.equals("transfer-encoding");
      if (frames && before != null && !before.equals(value)) {
        throw malformed("the answer says its length twice");
      }
    }
  }

  /** The body that follows this head. */
  HttpBody body(HttpSource source) throws UpstreamFault {
    if (status == 204 || status == 304) {
      return HttpBody.ofLength(source, 0);
    }
    Optional<String> encoding = header("transfer-encoding");
    Optional<String> length = header("content-length");
    if (encoding.isPresent()) {
      if (!encoding.get().equalsIgnoreCase("chunked") || length.isPresent()) {
        throw malformed("the answer's transfer encoding is not plain `chunked`");
      }
      return HttpBody.chunked(source);
    }
    if (length.isPresent()) {
      if (!length.get().matches("[0-9]{1,15}")) {
        throw malformed("the answer's length is malformed");
      }
      return HttpBody.ofLength(source, Long.parseLong(length.get()));
    }
    return HttpBody.toTheEnd(source);
  }

  boolean closes() {
    return header("connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
  }

  private static UpstreamFault malformed(String detail) {
    return UpstreamFault.answered("malformed-answer", detail);
  }
}
