package dev.writ.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What a person typed, as one segment of a URL's path. */
final class Paths {
  private Paths() {}

  static String segment(String text) {
    return URLEncoder.encode(text.isEmpty() ? "-" : text, StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
