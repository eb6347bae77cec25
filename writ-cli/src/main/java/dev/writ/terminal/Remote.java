package dev.writ.terminal;

import dev.writ.base.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which server a command speaks to, and as whom. */
public final class Remote {
  /** Where a server on this machine listens unless told otherwise. */
  public static final URI DEFAULT = URI.create("http://127.0.0.1:7878");

  /** The file in the data folder in which a running server says where it listens. */
  public static final String ADDRESS_FILE = "server.json";

  private static final Json.Bounds BOUNDS = new Json.Bounds(64 << 10, 4, 100, true);

  private final World world;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the server; else WRIT_SERVER, else the one of the data folder")
  private Optional<String> server = Optional.empty();

  public Remote(World world) {
    this.world = world;
  }

  /** The server's URL. */
  public URI url() {
    String text =
        server
            .or(() -> world.variable("WRIT_SERVER"))
            .or(this::ofDataFolder)
            .orElse(DEFAULT.toString());
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Told below, like a URL without a host.
    }
    throw Failure.of(
        Exit.INPUT,
        "input-invalid",
        "`" + text + "` is not a server's URL",
        "write one like http://127.0.0.1:7878");
  }

  private Optional<String> ofDataFolder() {
    Path data =
        world
            .variable("WRIT_DATA")
            .map(Path::of)
            .orElseGet(() -> world.home().resolve(".local/share/writ"));
    try {
      return Json.parseObject(Files.readAllBytes(data.resolve(ADDRESS_FILE)), BOUNDS)
          .found()
          .flatMap(o -> o.text("url"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A client that speaks for the person signed in; for nobody when nobody is. */
  public Api api() {
    URI url = url();
    return new Api(url, session().token(url));
  }

  /** A client that speaks for nobody. */
  public Api anonymous() {
    return new Api(url(), Optional.empty());
  }

  public Session session() {
    return new Session(world);
  }

  public World world() {
    return world;
  }
}
