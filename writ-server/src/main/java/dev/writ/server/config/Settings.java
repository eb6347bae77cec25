package dev.writ.server.config;

import dev.writ.audit.VerifierKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every setting there is. */
public final class Settings {
  private static final String HOME = System.getProperty("user.home", ".");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,128}");

  /** Where everything that is not in the database lives. */
  public static final Setting<Path> DATA =
      Setting.of(
              "data",
              Kind.path("DIR", HOME),
              "~/.local/share/writ",
              "Folder of the keys, the embedded database and what this node must remember.")
          .notInFile();

  static final Setting<Address> LISTEN =
      Setting.of(
              "http.listen",
              Kind.address(),
              "127.0.0.1:7878",
              "Where the API and the authorization server listen.")
          .flag("--listen");

  static final Setting<URI> URL =
      Setting.optional(
              "http.url",
              Kind.origin(),
              "Public URL of the API and OAuth issuer; fixed when the ledger is founded."
                  + " Without it, the address it listens on.")
          .flag("--url");

  static final Setting<Address> NODE_ADDRESS =
      Setting.optional(
          "http.node-address",
          Kind.address(),
          "Where other nodes of the same ledger reach this one, without TLS; what they say is"
              + " sealed. Without it, the address it listens on.");

  static final Setting<Duration> SESSION =
      Setting.of(
          "session.life",
          Kind.duration(Duration.ofMinutes(1), Duration.ofHours(24)),
          "8h",
          "How long a person stays signed in.");

  static final Setting<Address> GATEWAY_LISTEN =
      Setting.of(
          "gateway.listen", Kind.address(), "127.0.0.1:7879", "Where the MCP gateway listens.");

  static final Setting<URI> GATEWAY_URL =
      Setting.optional(
          "gateway.url",
          Kind.url(),
          "Public URL of the gateway and resource identifier of its tokens. Without it, the"
              + " address it listens on with /mcp.");

  static final Setting<Config.Switch> DEVELOPMENT =
      Setting.of(
          "session.development",
          Kind.choice(switches()),
          "on",
          "Whether people sign in without proof. A production ledger refuses to start with it.");

  static final Setting<Config.Switch> GATEWAY =
      Setting.of(
          "gateway.run",
          Kind.choice(switches()),
          "on",
          "Whether this server runs a gateway, as a process of its own.");

  static final Setting<List<String>> UPSTREAMS =
      Setting.of(
          "gateway.upstreams",
          Kind.hosts(),
          "",
          "Upstreams at private addresses or without TLS that the gateway may call all the same.");

  static final Setting<Duration> LONGEST_CALL =
      Setting.of(
          "gateway.longest-call",
          Kind.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
          "2m",
          "How long an allowed call may stay without an outcome; then it is listed as lost.");

  static final Setting<String> DATABASE =
      Setting.optional(
              "database.url",
              Kind.jdbc(),
              "Your PostgreSQL (15 or newer). Without it, an embedded one in the data folder.")
          .flag("--database");

  static final Setting<String> DATABASE_USER =
      Setting.of(
          "database.user",
          Kind.text("NAME", NAME, "1 to 128 letters, digits and . _ @ -"),
          "writ",
          "Whom to connect to your PostgreSQL as.");

  static final Setting<Path> DATABASE_PASSWORD =
      Setting.optional(
          "database.password-file",
          Kind.path("FILE", HOME),
          "File that holds the password of database.user, readable by you alone.");

  static final Setting<Path> PASSPHRASE =
      Setting.optional(
          "keys.passphrase-file",
          Kind.path("FILE", HOME),
          "File that holds the passphrase of the key file. Without it, a key beside the key file"
              + " opens it.");

  static final Setting<Duration> ENDINGS =
      Setting.of(
          "chores.endings",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
          "1s",
          "How often what time has ended is written down. Nothing waits for it.");

  static final Setting<Duration> PROJECTION =
      Setting.of(
          "chores.projection",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
          "1s",
          "How often the query projection catches up with the ledger.");

  static final Setting<Long> SNAPSHOT =
      Setting.of(
          "chores.snapshot-entries",
          Kind.number(100, 10_000_000),
          "50000",
          "After how many entries the state is kept, so that a start folds only what came after.");

  static final Setting<List<URI>> WITNESS_URL =
      Setting.of(
          "witness.url",
          Kind.urls(),
          "",
          "Witnesses (C2SP tlog-witness) that are told of every checkpoint: their submission"
              + " prefixes.");

  static final Setting<List<VerifierKey>> WITNESS_KEY =
      Setting.of(
          "witness.key",
          Kind.witnessKeys(),
          "",
          "The keys of these witnesses, one for each URL, in the same order.");

  static final Setting<Long> WITNESS_QUORUM =
      Setting.of(
          "witness.quorum",
          Kind.number(1, 16),
          "1",
          "How many of them must have cosigned a checkpoint for it to count as witnessed.");

  static final Setting<Duration> WITNESS_EVERY =
      Setting.of(
          "witness.every",
          Kind.duration(Duration.ofMillis(100), Duration.ofHours(1)),
          "5s",
          "How often a newer checkpoint is taken to them.");

  static final Setting<Config.Provider> DRAFTER =
      Setting.of(
          "drafter.provider",
          Kind.choice(providers()),
          "embedded",
          "Who drafts from prompts: the rules built in, or a language model that you run or trust"
              + " with prompts, names and the catalogue's words. A model needs drafter.url and"
              + " drafter.model.");

  static final Setting<URI> DRAFTER_URL =
      Setting.optional(
          "drafter.url",
          Kind.url(),
          "Base URL of the model's API, such as https://api.openai.com/v1,"
              + " https://api.anthropic.com/v1 or http://127.0.0.1:11434.");

  static final Setting<String> DRAFTER_MODEL =
      Setting.optional(
          "drafter.model",
          Kind.text(
              "NAME",
              Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,99}"),
              "1 to 100 letters, digits and . _ : / @ -"),
          "The model, as its provider names it.");

  static final Setting<Path> DRAFTER_KEY =
      Setting.optional(
          "drafter.key-file",
          Kind.path("FILE", HOME),
          "File that holds the key of the model's API, readable by you alone. Without it, none is"
              + " sent that means anything.");

  static final Setting<Duration> DRAFTER_LIMIT =
      Setting.of(
          "drafter.time-limit",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(2)),
          "20s",
          "How long the model may take for one prompt; then the rules built in draft alone, and the"
              + " draft says so.");

  static final Setting<Config.Switch> DRAFTER_AGREES =
      Setting.of(
          "drafter.agreement",
          Kind.choice(switches()),
          "on",
          "Whether the rules built in draft as well, and a slot is filled only where both agree.");

  private Settings() {}

  private static Map<String, Config.Provider> providers() {
    Map<String, Config.Provider> providers = new LinkedHashMap<>();
    for (Config.Provider provider : Config.Provider.values()) {
      providers.put(provider.word(), provider);
    }
    return providers;
  }

  private static Map<String, Config.Switch> switches() {
    Map<String, Config.Switch> switches = new LinkedHashMap<>();
    switches.put("on", Config.Switch.ON);
    switches.put("off", Config.Switch.OFF);
    return switches;
  }

  /** All of them, in the order in which they are documented. */
  public static List<Setting<?>> all() {
    return List.of(
        DATA,
        LISTEN,
        URL,
        NODE_ADDRESS,
        SESSION,
        DEVELOPMENT,
        GATEWAY,
        GATEWAY_LISTEN,
        GATEWAY_URL,
        UPSTREAMS,
        LONGEST_CALL,
        DATABASE,
        DATABASE_USER,
        DATABASE_PASSWORD,
        PASSPHRASE,
        ENDINGS,
        PROJECTION,
        SNAPSHOT,
        WITNESS_URL,
        WITNESS_KEY,
        WITNESS_QUORUM,
        WITNESS_EVERY,
        DRAFTER,
        DRAFTER_URL,
        DRAFTER_MODEL,
        DRAFTER_KEY,
        DRAFTER_LIMIT,
        DRAFTER_AGREES);
  }

  /** The setting of this name. */
  public static Optional<Setting<?>> named(String name) {
    return all().stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
