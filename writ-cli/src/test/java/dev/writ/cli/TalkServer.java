package dev.writ.cli;

import dev.writ.fact.Fact;
import dev.writ.server.config.Config;
import dev.writ.server.config.Sources;
import dev.writ.server.keys.SystemEntropy;
import dev.writ.server.main.Founding;
import dev.writ.server.main.Serving;
import dev.writ.vocabulary.Shipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A server of the example company in a folder of its own, for conversations with it. */
final class TalkServer implements AutoCloseable {
  private final Path folder;
  private final Serving serving;

  private TalkServer(Path folder, Serving serving) {
    this.folder = folder;
    this.serving = serving;
  }

  /** A founded server with catalogue and policies published. */
  static TalkServer start() throws Exception {
    SystemEntropy entropy = new SystemEntropy();
    // Always as long, because lines are wrapped before the folder's name is replaced.
    Path folder =
        Files.createDirectory(
            Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("writ-talk-" + HexFormat.of().formatHex(entropy.bytes(8))),
            // PostgreSQL's own account has to get through to its part of the folder.
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    InstantSource clock = InstantSource.system();
    Founding.run(
        config(folder, Map.of("http.listen", "127.0.0.1:0", "gateway.listen", "127.0.0.1:0")),
        new Founding.Request(Fact.Mode.DEVELOPMENT, "helen.osei"),
        entropy,
        clock);
    Serving started = Serving.start(config(folder, Map.of("gateway.run", "off")), entropy, clock);
    TalkServer server = new TalkServer(folder, started);
    server.publish();
    return server;
  }

  private static Config config(Path folder, Map<String, String> flags) {
    SortedMap<String, String> all = new TreeMap<>(flags);
    all.put("data", folder.resolve("data").toString());
    return Config.parse(new Sources(Optional.empty(), Map.of(), all)).orThrow();
  }

  private void publish() throws IOException {
    Conversation talk = new Conversation(folder);
    talk.quietly("login", "--as", "helen.osei");
    talk.quietly("appoint", "tomas.lind", "publisher");
    talk.quietly("login", "--as", "tomas.lind");
    talk.quietly("catalogue", "publish", file("catalogue.yaml", Shipped.BRIGHTWATER));
    talk.quietly(
        "policy", "publish", "admission", file("admission.cedar", Shipped.BASELINE_ADMISSION));
    talk.quietly(
        "policy", "publish", "guardrails", file("guardrails.cedar", Shipped.BASELINE_GUARDRAILS));
  }

  private String file(String name, String shipped) throws IOException {
    return Files.writeString(folder.resolve(name), Shipped.text(shipped)).toString();
  }

  /** The folder of everything: the data, and who is signed in. */
  Path folder() {
    return folder;
  }

  String url() {
    return serving.url();
  }

  /** Brings a dossier into force by whoever can approve it. */
  void approve(Conversation talk, String dossier, List<String> approvers) {
    for (String approver : approvers) {
      talk.quietly("login", "--as", approver);
      talk.quietly("approve", dossier);
    }
  }

  @Override
  public void close() throws IOException {
    serving.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
