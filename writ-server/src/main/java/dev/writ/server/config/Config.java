package dev.writ.server.config;

import dev.writ.audit.VerifierKey;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the operator set, as the server uses it.
 *
 * @param data folder of everything that is not in the database
 */
public record Config(
    Path data,
    Http http,
    Gateway gateway,
    Database database,
    Keys keys,
    Chores chores,
    Session session,
    Witnessing witnesses,
    Drafting drafting) {

  /**
   * The API's door.
   *
   * @param url its public URL; absent: the address it listens on
   * @param nodeAddress where other nodes reach it; absent: the address it listens on
   */
  public record Http(Address listen, Optional<URI> url, Optional<Address> nodeAddress) {
    /** The public URL, given the port that was really taken. */
    public URI publicUrl(int port) {
      return url.orElseGet(() -> URI.create("http://" + listen.host() + ":" + port));
    }
  }

  /** Who drafts from prompts. */
  public enum Provider {
    EMBEDDED,
    OPENAI,
    OLLAMA,
    ANTHROPIC;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How prompts become drafts.
   *
   * @param model absent where the rules built in draft alone
   */
  public record Drafting(Optional<Model> model) {}

  /**
   * A language model that drafts.
   *
   * @param keyFile file with the key of its API
   * @param limit how long it may take for one prompt
   * @param agreement whether the rules built in have to agree
   */
  public record Model(
      Provider provider,
      URI url,
      String name,
      Optional<Path> keyFile,
      Duration limit,
      Switch agreement) {}

  /** Whether something is wanted. */
  public enum Switch {
    ON,
    OFF
  }

  /**
   * The gateway's door.
   *
   * @param url the resource identifier of its tokens; absent: the address it listens on
   * @param upstreams {@code host:port} of upstreams that are private or without TLS
   * @param longestCall how long an allowed call may stay without an outcome
   */
  public record Gateway(
      Switch run, Address listen, Optional<URI> url, List<String> upstreams, Duration longestCall) {
    /** The resource identifier, given the port that was really taken. */
    public URI publicUrl(int port) {
      return url.orElseGet(() -> URI.create("http://" + listen.host() + ":" + port + "/mcp"));
    }
  }

  /**
   * The database.
   *
   * @param url a PostgreSQL of the operator's; absent: the embedded one
   * @param passwordFile file with the password of {@code user}
   */
  public record Database(Optional<String> url, String user, Optional<Path> passwordFile) {}

  /**
   * The key file.
   *
   * @param passphraseFile file with the passphrase that opens it
   */
  public record Keys(Optional<Path> passphraseFile) {}

  /**
   * How often each chore runs.
   *
   * @param snapshotEntries after how many entries the state is kept
   */
  public record Chores(Duration endings, Duration projection, long snapshotEntries) {}

  /**
   * Who witnesses the log.
   *
   * @param quorum how many must have cosigned
   * @param every how often they are told
   */
  public record Witnessing(List<Witness> members, int quorum, Duration every) {
    public Witnessing {
      members = List.copyOf(members);
    }
  }

  /** One witness: its submission prefix and its key. */
  public record Witness(URI url, VerifierKey key) {}

  /**
   * People's sessions.
   *
   * @param life how long one lasts
   * @param development whether people sign in without proof
   */
  public record Session(Duration life, Switch development) {}

  /** Reads all sources; every complaint at once. */
  public static Parsed<Config> parse(Sources sources) {
    return Effective.read(sources)
        .then(values -> {
          List<Problem> problems = check(values);
          return problems.isEmpty() ? Parsed.ok(of(values)) : Parsed.refused(problems);
        });
  }

  /** What is wrong between settings that are each within their bounds. */
  public static List<Problem> check(Effective values) {
    int urls = values.get(Settings.WITNESS_URL).size();
    int keys = values.get(Settings.WITNESS_KEY).size();
    List<Problem> problems = new ArrayList<>();
    if (urls != keys) {
      problems.add(
          new Problem(
              Settings.WITNESS_KEY.name(),
              "there are " + urls + " witnesses in witness.url and " + keys + " keys",
              "name one key for each witness, in the same order"));
    } else if (urls > 0 && values.get(Settings.WITNESS_QUORUM) > urls) {
      problems.add(
          new Problem(
              Settings.WITNESS_QUORUM.name(),
              "more witnesses must cosign than there are",
              "write a number from 1 to " + urls));
    }
    boolean model = values.get(Settings.DRAFTER) != Provider.EMBEDDED;
    if (model && values.find(Settings.DRAFTER_URL).isEmpty()) {
      problems.add(
          new Problem(
              Settings.DRAFTER_URL.name(),
              "a model is to draft, and nothing says where it is",
              "write the base URL of its API"));
    }
    if (model && values.find(Settings.DRAFTER_MODEL).isEmpty()) {
      problems.add(
          new Problem(
              Settings.DRAFTER_MODEL.name(),
              "a model is to draft, and nothing says which",
              "write its name as its provider does"));
    }
    return problems;
  }

  /** The tree over values that were read. */
  public static Config of(Effective values) {
    return new Config(
        values.get(Settings.DATA),
        new Http(
            values.get(Settings.LISTEN),
            values.find(Settings.URL),
            values.find(Settings.NODE_ADDRESS)),
        new Gateway(
            values.get(Settings.GATEWAY),
            values.get(Settings.GATEWAY_LISTEN),
            values.find(Settings.GATEWAY_URL),
            values.get(Settings.UPSTREAMS),
            values.get(Settings.LONGEST_CALL)),
        new Database(
            values.find(Settings.DATABASE),
            values.get(Settings.DATABASE_USER),
            values.find(Settings.DATABASE_PASSWORD)),
        new Keys(values.find(Settings.PASSPHRASE)),
        new Chores(
            values.get(Settings.ENDINGS),
            values.get(Settings.PROJECTION),
            values.get(Settings.SNAPSHOT)),
        new Session(values.get(Settings.SESSION), values.get(Settings.DEVELOPMENT)),
        witnesses(values),
        drafting(values));
  }

  private static Drafting drafting(Effective values) {
    Provider provider = values.get(Settings.DRAFTER);
    return new Drafting(
        provider == Provider.EMBEDDED
            ? Optional.empty()
            : values
                .find(Settings.DRAFTER_URL)
                .flatMap(url ->
                    values
                        .find(Settings.DRAFTER_MODEL)
                        .map(name ->
                            new Model(
                                provider,
                                url,
                                name,
                                values.find(Settings.DRAFTER_KEY),
                                values.get(Settings.DRAFTER_LIMIT),
                                values.get(Settings.DRAFTER_AGREES)))));
  }

  private static Witnessing witnesses(Effective values) {
    List<URI> urls = values.get(Settings.WITNESS_URL);
    List<VerifierKey> keys = values.get(Settings.WITNESS_KEY);
    List<Witness> members = new ArrayList<>();
    for (int i = 0; i < Math.min(urls.size(), keys.size()); i++) {
      members.add(new Witness(urls.get(i), keys.get(i)));
    }
    return new Witnessing(
        members,
        Math.toIntExact(values.get(Settings.WITNESS_QUORUM)),
        values.get(Settings.WITNESS_EVERY));
  }
}
