package dev.writ.duration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.catalogue.Calendar;
import dev.writ.catalogue.Example;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds {@code vectors/duration}: sentences with what is read in them. With {@code
 * -Dwrit.vectors=write} the readings are written anew, to be looked over line by line.
 */
class DurationVectorsTest {
  private static final Path FOLDER = Example.root().resolve("vectors/duration");

  @ParameterizedTest
  @ValueSource(strings = {"lengths", "windows", "open", "elsewhere", "sentences"})
  void readsTheVectors(String file) throws IOException {
    Path path = FOLDER.resolve(file + ".jsonl");
    List<String> lines = Files.readAllLines(path);
    List<String> again = new ArrayList<>();
    for (String line : lines) {
      again.add(read(line));
    }
    if ("write".equals(System.getProperty("writ.vectors"))) {
      Files.writeString(path, String.join("\n", again) + "\n");
    }
    assertThat(again).isNotEmpty().isEqualTo(lines);
  }

  private static String read(String line) {
    Json.Obj record =
        Json.parseObject(line.getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST).orThrow();
    String text = record.text("text").orElseThrow();
    String now = record.text("now").orElse("2026-10-08T07:45:00Z");
    String order = record.text("order").orElse("UNKNOWN");
    TimeReader reader = new TimeReader(calendar(order, record.text("quarters").orElse("april")));
    List<Json> mentions = new ArrayList<>();
    for (Mention m : reader.mentions(text, Instant.parse(now))) {
      String words =
          text.substring(
              text.offsetByCodePoints(0, m.start()), text.offsetByCodePoints(0, m.end()));
      mentions.add(Json.of(words + " => " + m.frame() + " " + ReadingText.of(m.reading())));
    }
    Json.Builder out = Json.object().put("text", text);
    record.text("now").ifPresent(n -> out.put("now", n));
    record.text("order").ifPresent(o -> out.put("order", o));
    record.text("quarters").ifPresent(q -> out.put("quarters", q));
    String whole = reader.whole(text, Instant.parse(now)).map(ReadingText::of).orElse("-");
    return new String(
        out.put("mentions", new Json.Arr(mentions)).put("whole", whole).build().canonical(),
        StandardCharsets.UTF_8);
  }

  /** Zone UTC, sprints of 21 days, business hours 08:00 to 18:00. */
  static Calendar calendar(String order, String quarters) {
    Map<String, Calendar.Quarter> q = new LinkedHashMap<>();
    int first = quarters.equals("april") ? 4 : 1;
    for (int i = 0; i < 4; i++) {
      int month = (first + 3 * i - 1) % 12 + 1;
      int last = month + 2;
      MonthDay end = MonthDay.of(last, last == 6 || last == 9 ? 30 : 31);
      q.put("Q" + (i + 1), new Calendar.Quarter(MonthDay.of(month, 1), end));
    }
    return new Calendar(
        ZoneId.of("UTC"),
        LocalTime.of(8, 0),
        LocalTime.of(18, 0),
        21,
        q,
        Calendar.DateOrder.valueOf(order));
  }
}
