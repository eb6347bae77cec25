package dev.writ.terminal;

import dev.writ.base.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/** Who is signed in where, in a file that only its owner can read. */
public final class Session {
  private static final Json.Bounds BOUNDS = new Json.Bounds(64 << 10, 4, 1_000, true);

  private final Path file;

  public Session(World world) {
    this.file = world.settings().resolve("session.json");
  }

  /** The token for this server. */
  public Optional<String> token(URI server) {
    return read().object(server.toString()).flatMap(s -> s.text("token"));
  }

  /** Keeps a token for this server. */
  public void keep(URI server, String person, String token) {
    Json.Obj before = read();
    Json.Builder next = Json.object();
    for (Map.Entry<String, Json> each : before.members().entrySet()) {
      if (!each.getKey().equals(server.toString())) {
        next.put(each.getKey(), each.getValue());
      }
    }
    next.put(server.toString(), Json.object().put("person", person).put("token", token).build());
    write(next.build());
  }

  public Path file() {
    return file;
  }

  private Json.Obj read() {
    try {
      return Json.parseObject(Files.readAllBytes(file), BOUNDS)
          .found()
          .orElseThrow(() ->
              Failure.of(
                  Exit.CANNOT_RUN,
                  "session-unreadable",
                  "`" + file + "` is not a session file",
                  "delete it and sign in again"));
    } catch (NoSuchFileException e) {
      return Json.object().build();
    } catch (IOException e) {
      throw cannot("read", e);
    }
  }

  private void write(Json.Obj all) {
    try {
      Path part = OwnerFiles.write(file.resolveSibling("session.json.new"), all.canonical());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannot("written", e);
    }
  }

  private Failure cannot(String what, IOException e) {
    return Failure.of(
        Exit.CANNOT_RUN,
        "session-unreadable",
        "`" + file + "` cannot be " + what + ": " + e.getMessage(),
        "check who may write there, or set WRIT_HOME to another folder");
  }
}
