package dev.writ.demo;

import dev.writ.base.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What the demonstration says: a line for people, and an object a step where somebody keeps them.
 */
final class Transcript {
  private static final int WIDTH = 78;

  private final PrintStream out;
  private final Optional<Path> file;
  private int step;

  /**
   * @param file one JSON object a line; replaced when it is there
   */
  Transcript(PrintStream out, Optional<Path> file) throws IOException {
    this.out = out;
    this.file = file;
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }

  /** A new part of the story. */
  void chapter(String title) {
    step++;
    out.println();
    out.println(step + ". " + title);
  }

  /** A sentence, wrapped. */
  void say(String sentence) {
    StringBuilder line = new StringBuilder("   ");
    for (String word : sentence.split(" ", -1)) {
      if (line.length() > 3 && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line = new StringBuilder("   ");
      }
      line.append(line.length() > 3 ? " " : "").append(word);
    }
    out.println(line);
  }

  /** A text shown as it is, indented. */
  void show(String text) {
    text.lines().forEach(line -> out.println("   | " + line));
  }

  /** The step's object. */
  void record(Json.Obj object) throws IOException {
    if (file.isPresent()) {
      byte[] line =
          (new String(object.canonical(), StandardCharsets.UTF_8) + "\n")
              .getBytes(StandardCharsets.UTF_8);
      Files.write(file.get(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
