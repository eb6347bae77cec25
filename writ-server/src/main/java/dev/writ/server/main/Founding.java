package dev.writ.server.main;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.form.Yaml;
import dev.writ.ledger.MonotonicClock;
import dev.writ.operation.FoundLedger;
import dev.writ.operation.Refusal;
import dev.writ.server.config.Address;
import dev.writ.server.config.Config;
import dev.writ.state.State;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;

/** Makes a data folder and founds its ledger. */
public final class Founding {
  private Founding() {}

  /**
   * @param mode for ever
   * @param founder a person's id, who can only appoint
   */
  public record Request(Fact.Mode mode, String founder) {}

  /**
   * A ledger that was founded.
   *
   * @param origin the checkpoint origin
   * @param key the log's public key, to be kept where the operators cannot change it
   */
  public record Founded(String data, String issuer, String origin, String key, String database) {}

  /**
   * Founds. Running it again after it was interrupted finishes what was begun. Throws {@link
   * StartRefused}.
   */
  public static Founded run(Config config, Request request, Entropy entropy, InstantSource clock) {
    MonotonicClock nanos = System::nanoTime;
    try (DataHome home = DataHome.make(config.data())) {
      Address listen = fixed(config.http().listen(), entropy);
      Address gateway = fixed(config.gateway().listen(), entropy);
      URI issuer = config.http().publicUrl(listen.port());
      try (Node node = Node.open(config, home, new Node.Ports(entropy, clock, nanos))) {
        State state = node.loaded();
        if (state.government().founding().isPresent()) {
          throw refused(new Refusal.AlreadyFounded());
        }
        String origin = origin(issuer);
        FoundLedger.Request founding =
            new FoundLedger.Request(
                request.mode(),
                issuer.toString(),
                origin,
                request.founder(),
                node.keys().publicKeys(origin));
        switch (new FoundLedger(node.pen()).run(founding)) {
          case FoundLedger.Reply.Founded founded -> keepSettings(home, config, listen, gateway);
          case FoundLedger.Reply.Refused(Refusal why) -> throw refused(why);
        }
        String key =
            founding.keys().stream()
                .filter(k -> k.use() == Fact.KeyUse.LOG)
                .findFirst()
                .orElseThrow()
                .text();
        return new Founded(
            home.folder().toString(),
            issuer.toString(),
            origin,
            key,
            node.database().description());
      }
    }
  }

  private static StartRefused refused(Refusal why) {
    return new StartRefused(why.name(), why.what(), why.remedy());
  }

  /** A schema-less URL, as C2SP tlog-checkpoint advises. */
  private static String origin(URI issuer) {
    return issuer.getRawAuthority() + "/ledger";
  }

  /** Port 0 is decided once: what is founded on it must find it again. */
  static Address fixed(Address wanted, Entropy entropy) {
    if (wanted.port() != 0) {
      return wanted;
    }
    try {
      return Address.unused(wanted.host(), entropy);
    } catch (IOException e) {
      throw new StartRefused(
          "port-in-use",
          "no free port on `" + wanted.host() + "`: " + e.getMessage(),
          "name one with --listen HOST:PORT",
          e);
    }
  }

  /** Keeps what was given now, so that `writ serve` finds it without flags. */
  static void keepSettings(DataHome home, Config config, Address listen, Address gateway) {
    if (Files.exists(home.settings())) {
      return;
    }
    Json.Builder http = Json.object().put("listen", listen.toString());
    config.http().url().ifPresent(u -> http.put("url", u.toString()));
    config.http().nodeAddress().ifPresent(a -> http.put("node-address", a.toString()));
    Json.Builder gate = Json.object().put("listen", gateway.toString());
    config.gateway().url().ifPresent(u -> gate.put("url", u.toString()));
    Json.Builder all = Json.object().put("http", http.build()).put("gateway", gate.build());
    Optional<String> url = config.database().url();
    if (url.isPresent()) {
      Json.Builder database =
          Json.object().put("url", url.get()).put("user", config.database().user());
      config.database().passwordFile().ifPresent(f -> database.put("password-file", f.toString()));
      all.put("database", database.build());
    }
    config
        .keys()
        .passphraseFile()
        .ifPresent(
            f -> all.put("keys", Json.object().put("passphrase-file", f.toString()).build()));
    try {
      Files.writeString(
          home.settings(),
          "# Written by `writ init`; docs/reference/configuration.md says what else there is.\n"
              + Yaml.text(all.build()),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StartRefused(
          "folder-unwritable",
          "`" + home.settings() + "` cannot be written: " + e.getMessage(),
          "check who owns the folder and whether the disk is full",
          e);
    }
  }
}
