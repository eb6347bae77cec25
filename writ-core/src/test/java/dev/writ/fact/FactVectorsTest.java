package dev.writ.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The language-neutral vectors in {@code /vectors/facts}: for each type the bytes of some entries
 * and their leaf hashes. They are frozen: what was stored once is read for ever. Run with {@code
 * -Dwrit.vectors.write=true} to add the vectors of a new type; an existing file is never rewritten.
 */
class FactVectorsTest {
  private static final int EACH = 3;

  private static Path folder() {
    Path at = Path.of(System.getProperty("writ.root", "")).toAbsolutePath();
    while (!Files.exists(at.resolve("writ-core"))) {
      Path parent = at.getParent();
      if (parent == null) {
        throw new IllegalStateException("the tests run outside the project");
      }
      at = parent;
    }
    return at.resolve("vectors/facts");
  }

  @Test
  void everyTypeHasVectorsAndEachIsReadAndWrittenAlike() throws IOException {
    for (Class<? extends Fact> type : FactSamples.types()) {
      Path file = folder().resolve(type.getSimpleName() + ".json");
      if (Boolean.getBoolean("writ.vectors.write") && !Files.exists(file)) {
        Files.createDirectories(folder());
        Files.writeString(file, vectors(type).pretty());
      }
      assertThat(file).exists();
      check(type, file);
    }
  }

  @Test
  void noVectorsAreLeftOver() throws IOException {
    TreeSet<String> types = new TreeSet<>();
    FactSamples.types().forEach(type -> types.add(type.getSimpleName() + ".json"));
    try (Stream<Path> files = Files.list(folder())) {
      assertThat(files.map(f -> f.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(types);
    }
  }

  private static Json vectors(Class<? extends Fact> type) {
    List<Json> all = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      Entry entry = Entry.of(new FactSamples(1_000 + i).recorded(type));
      all.add(
          Json.object()
              .put("entry", new String(entry.bytes(), StandardCharsets.UTF_8))
              .put("leaf", entry.leaf())
              .build());
    }
    return Json.object()
        .put("about", "canonical bytes (RFC 8785) of entries and their RFC 6962 leaf hashes")
        .put("type", type.getSimpleName())
        .put("vectors", Json.array(all))
        .build();
  }

  private static void check(Class<? extends Fact> type, Path file) throws IOException {
    Json.Obj document = Json.parseObject(Files.readAllBytes(file), Json.Bounds.REQUEST).orThrow();
    assertThat(document.text("type")).hasValue(type.getSimpleName());
    List<Json> vectors = document.array("vectors").orElseThrow();
    assertThat(vectors).isNotEmpty();
    for (Json each : vectors) {
      Json.Obj vector = (Json.Obj) each;
      String text = vector.text("entry").orElseThrow();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Entry entry = Entry.parse(bytes).orThrow();
      assertThat(entry.recorded().fact()).isInstanceOf(type);
      assertThat(vector.text("leaf")).hasValue(entry.leaf().toString());
      assertThat(new String(Entry.of(entry.recorded()).bytes(), StandardCharsets.UTF_8))
          .isEqualTo(text);
    }
  }
}
