package dev.writ.server.config;

import dev.writ.audit.VerifierKey;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.form.Suggestion;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a setting's text may be.
 *
 * @param label what stands for the value in a usage line, such as {@code PORT}
 * @param bounds what is accepted, in words
 * @param parse reads the text; the place of a problem is filled in by the caller
 * @param <T> what the text becomes
 */
record Kind<T>(String label, String bounds, Function<String, Parsed<T>> parse) {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
  private static final int MOST_WITNESSES = 16;
  private static final int MOST_PORT = 65_535;

  /** A duration written as {@code 250ms}, {@code 30s}, {@code 10m}, {@code 8h} or {@code 7d}. */
  static Kind<Duration> duration(Duration least, Duration most) {
    String bounds = "a duration from " + text(least) + " to " + text(most);
    return new Kind<>(
        "DURATION",
        bounds,
        text -> {
          Matcher parts = DURATION.matcher(text);
          if (!parts.matches()) {
            return refuse(text, "is not a duration", "write one like 250ms, 30s, 10m, 8h or 7d");
          }
          Duration value = Duration.ofMillis(Long.parseLong(parts.group(1)) * millis(parts));
          return value.compareTo(least) < 0 || value.compareTo(most) > 0
              ? refuse(text, "is out of bounds", "write " + bounds)
              : Parsed.ok(value);
        });
  }

  private static long millis(Matcher parts) {
    return switch (parts.group(2)) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }

  /** A duration as this kind reads it. */
  static String text(Duration value) {
    long millis = value.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 86_400 == 0 && seconds > 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0 && seconds > 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** Where to listen. */
  static Kind<Address> address() {
    return new Kind<>(
        "HOST:PORT",
        "a host and a port from 0 to 65,535 (0 takes a free one)",
        text -> {
          int colon = text.lastIndexOf(':');
          try {
            int port = colon < 1 ? -1 : Integer.parseInt(text.substring(colon + 1));
            return port < 0 || port > MOST_PORT
                ? refuse(text, "is not an address", "write one like 127.0.0.1:7878")
                : Parsed.ok(new Address(text.substring(0, colon), port));
          } catch (NumberFormatException e) {
            return refuse(text, "is not an address", "write one like 127.0.0.1:7878");
          }
        });
  }

  /** An absolute http or https URL without query, fragment and credentials. */
  static Kind<URI> url() {
    return new Kind<>(
        "URL",
        "an absolute http or https URL without query, fragment or credentials",
        text -> {
          try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme());
            boolean fine =
                (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && !text.endsWith("/");
            return fine
                ? Parsed.ok(uri)
                : refuse(text, "is not such a URL", "write one like https://writ.example");
          } catch (URISyntaxException e) {
            return refuse(text, "is not a URL", "write one like https://writ.example");
          }
        });
  }

  /** The same without a path: scheme, host and perhaps a port. */
  static Kind<URI> origin() {
    return new Kind<>(
        "URL",
        "scheme, host and perhaps a port; http or https, nothing behind it",
        text ->
            url()
                .parse()
                .apply(text)
                .then(uri ->
                    uri.getRawPath().isEmpty()
                        ? Parsed.ok(uri)
                        : refuse(text, "has a path", "write one like https://writ.example")));
  }

  /** Hosts, with or without a port, separated by commas; none at all is fine. */
  static Kind<List<String>> hosts() {
    return new Kind<>(
        "HOST[:PORT],...",
        "hosts, each with or without a port, separated by commas, at most 64",
        text -> {
          List<String> hosts = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
          for (String host : hosts) {
            if (!HOST.matcher(host).matches()) {
              return refuse(host, "is not a host", "write one like 127.0.0.1:9000");
            }
          }
          return hosts.size() > 64
              ? refuse(text, "lists too many", "list at most 64")
              : Parsed.ok(hosts);
        });
  }

  /** Such URLs, separated by commas; none at all is fine. */
  static Kind<List<URI>> urls() {
    return new Kind<>(
        "URL,...",
        "http or https URLs without query, fragment or credentials, separated by commas, at most "
            + MOST_WITNESSES,
        text -> each(text, url().parse()));
  }

  /** Keys of witnesses (C2SP vkeys), separated by commas; none at all is fine. */
  static Kind<List<VerifierKey>> witnessKeys() {
    return new Kind<>(
        "VKEY,...",
        "verifier keys of witnesses (NAME+ID+BASE64), separated by commas, at most "
            + MOST_WITNESSES,
        text ->
            each(
                text,
                one ->
                    VerifierKey.parse(one)
                        .then(key ->
                            key.kind() == VerifierKey.Kind.COSIGNATURE
                                ? Parsed.ok(key)
                                : refuse(
                                    key.name(), "is not a witness's key", "use its type 4 key"))));
  }

  private static <T> Parsed<List<T>> each(String text, Function<String, Parsed<T>> parse) {
    List<T> all = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    List<String> items = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    for (String item : items) {
      Parsed<T> one = parse.apply(item.strip());
      one.found().ifPresent(all::add);
      problems.addAll(one.problems());
    }
    if (problems.isEmpty() && items.size() > MOST_WITNESSES) {
      return refuse(text, "lists too many", "list at most " + MOST_WITNESSES);
    }
    return problems.isEmpty() ? Parsed.ok(List.copyOf(all)) : Parsed.refused(problems);
  }

  /** A whole number. */
  static Kind<Long> number(long least, long most) {
    String bounds = String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most);
    return new Kind<>(
        "NUMBER",
        bounds,
        text -> {
          if (!NUMBER.matcher(text).matches()) {
            return refuse(text, "is not a number", "write " + bounds);
          }
          long value = Long.parseLong(text);
          return value < least || value > most
              ? refuse(text, "is out of bounds", "write " + bounds)
              : Parsed.ok(value);
        });
  }

  /** A JDBC address of PostgreSQL; credentials have settings of their own. */
  static Kind<String> jdbc() {
    return new Kind<>(
        "URL",
        "jdbc:postgresql://HOST[:PORT]/NAME, without user and password",
        text -> {
          if (!text.startsWith("jdbc:postgresql://")) {
            return refuse(
                text,
                "is not a PostgreSQL address",
                "write one like jdbc:postgresql://db.example/writ");
          }
          return text.contains("password=") || text.contains("user=")
              ? Parsed.refused(
                  "",
                  "the address holds credentials",
                  "give them with database.user and database.password-file")
              : Parsed.ok(text);
        });
  }

  /** A file or folder; a leading {@code ~} is the user's home. */
  static Kind<Path> path(String label, String home) {
    return new Kind<>(
        label,
        "a path; ~ is your home folder",
        text -> {
          try {
            String whole =
                text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
            return Parsed.ok(Path.of(whole).toAbsolutePath().normalize());
          } catch (InvalidPathException e) {
            return refuse(text, "is not a path", "write the path of a file");
          }
        });
  }

  /** One of a few words. */
  static <T> Kind<T> choice(Map<String, T> choices) {
    List<String> words = List.copyOf(choices.keySet());
    return new Kind<>(
        String.join("|", words),
        "one of " + String.join(", ", words),
        text -> {
          T chosen = choices.get(text);
          return chosen == null
              ? refuse(text, "is not one of the choices", Suggestion.remedy(text, words))
              : Parsed.ok(chosen);
        });
  }

  /** A short text. */
  static Kind<String> text(String label, Pattern shape, String bounds) {
    return new Kind<>(
        label,
        bounds,
        text ->
            shape.matcher(text).matches()
                ? Parsed.ok(text)
                : refuse(text, "does not fit", "write " + bounds));
  }

  private static <T> Parsed<T> refuse(String text, String what, String remedy) {
    return Parsed.refused("", "`" + Text.excerpt(text) + "` " + what, remedy);
  }
}
