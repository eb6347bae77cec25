package dev.writ.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.audit.Ed25519Key;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void everyDefaultIsWithinItsOwnBounds() {
    Config config = read(Optional.empty(), Map.of(), Map.of()).map(Config::of).orThrow();
    assertThat(config.http().listen()).isEqualTo(new Address("127.0.0.1", 7878));
    assertThat(config.http().publicUrl(1234)).isEqualTo(URI.create("http://127.0.0.1:1234"));
    assertThat(config.gateway().publicUrl(99)).isEqualTo(URI.create("http://127.0.0.1:99/mcp"));
    assertThat(config.database().url()).isEmpty();
    assertThat(config.gateway().longestCall()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aFlagWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
    Path file =
        write("http:\n  listen: 127.0.0.1:1\nsession:\n  life: 1h\nchores:\n  endings: 7s\n");
    Effective values =
        read(
                Optional.of(file),
                Map.of("WRIT_HTTP_LISTEN", "127.0.0.1:2", "WRIT_SESSION_LIFE", "2h"),
                Map.of("http.listen", "127.0.0.1:3"))
            .orThrow();
    Config config = Config.of(values);
    assertThat(config.http().listen().port()).isEqualTo(3);
    assertThat(config.session().life()).isEqualTo(Duration.ofHours(2));
    assertThat(config.chores().endings()).isEqualTo(Duration.ofSeconds(7));
    assertThat(origin(values, "http.listen")).isEqualTo("--listen");
    assertThat(origin(values, "session.life")).isEqualTo("WRIT_SESSION_LIFE");
    assertThat(origin(values, "chores.endings")).isEqualTo(file + ", line 6");
    assertThat(origin(values, "database.user")).isEqualTo("default");
  }

  @Test
  void aModelThatDraftsIsNamedWithItsPlace() {
    Map<String, String> flags = new TreeMap<>();
    assertThat(parse(flags).orThrow().drafting().model()).isEmpty();
    flags.put("drafter.provider", "ollama");
    assertThat(parse(flags).problems().stream().map(Problem::place))
        .containsExactly("drafter.url", "drafter.model");
    flags.put("drafter.url", "http://127.0.0.1:11434");
    flags.put("drafter.model", "llama3.1:8b");
    Config.Model model = parse(flags).orThrow().drafting().model().orElseThrow();
    assertThat(model.provider().word()).isEqualTo("ollama");
    assertThat(model.agreement()).isEqualTo(Config.Switch.ON);
    assertThat(model.limit()).isEqualTo(Duration.ofSeconds(20));
    assertThat(model.keyFile()).isEmpty();
  }

  @Test
  void witnessesAndTheirKeysBelongTogether() {
    Map<String, String> flags = new TreeMap<>();
    flags.put("witness.url", "http://127.0.0.1:9000, https://witness.example");
    flags.put("witness.key", key(1) + "," + key(2));
    flags.put("witness.quorum", "2");
    Config.Witnessing plan = parse(flags).orThrow().witnesses();
    assertThat(plan.members().stream().map(w -> w.url().toString()))
        .containsExactly("http://127.0.0.1:9000", "https://witness.example");
    assertThat(plan.members().get(1).key()).hasToString(key(2));
    assertThat(plan.quorum()).isEqualTo(2);

    flags.put("witness.quorum", "3");
    assertThat(parse(flags).problems().toString()).contains("a number from 1 to 2");
    flags.put("witness.key", key(1));
    assertThat(parse(flags).problems().toString()).contains("2 witnesses", "1 keys");
    flags.put(
        "witness.key", Ed25519Key.fromSeed(new byte[32]).named("log").toString() + "," + "nothing");
    assertThat(parse(flags).problems()).hasSize(2);
    flags.put("witness.quorum", "17");
    flags.put("chores.snapshot-entries", "99");
    flags.put("witness.url", "ftp://x,http://y/?q");
    assertThat(parse(flags).problems()).hasSize(6);
    assertThat(parse(new TreeMap<>()).orThrow().witnesses().members()).isEmpty();
  }

  private static String key(int number) {
    byte[] seed = new byte[Ed25519Key.SEED];
    seed[0] = (byte) number;
    return Ed25519Key.fromSeed(seed).witnessNamed("witness.example/w" + number).toString();
  }

  private static Parsed<Config> parse(Map<String, String> flags) {
    return Config.parse(new Sources(Optional.empty(), Map.of(), new TreeMap<>(flags)));
  }

  @Test
  void variablesThatAreNoSettingsAreLeftToThoseWhoReadThem() {
    Map<String, String> others =
        Map.of("WRIT_TRACE", "1", "WRIT_HOME", "/x", "WRIT_SERVER", "http://x", "HOME", "/y");
    assertThat(read(Optional.empty(), others, Map.of()).problems()).isEmpty();
  }

  @Test
  void theFileInTheDataFolderIsRead() throws Exception {
    Files.writeString(folder.resolve("writ.yaml"), "session: { life: 5m }\n");
    Effective values =
        read(Optional.empty(), Map.of("WRIT_DATA", folder.toString()), Map.of()).orThrow();
    assertThat(Config.of(values).session().life()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void allComplaintsComeAtOnceEachWithItsPlaceAndRemedy() throws Exception {
    Path file =
        write(
            """
            http: { listen: 127.0.0.1:99999, lisetn: 1s }
            database: { password: hunter2, url: "jdbc:postgresql://h/d?password=x" }
            session: { life: 25h }
            data: /tmp
            gateway: 3
            """);
    List<Problem> problems =
        read(
                Optional.of(file),
                Map.of("WRIT_CHORES_ENDINGS", "many", "WRIT_SESION_LIFE", "1h", "WRITER", "x"),
                Map.of("gateway.run", "maybe"))
            .problems();
    assertThat(problems.stream().map(p -> p.toString().replace(file.toString(), "FILE")))
        .containsExactly(
            "WRIT_SESION_LIFE: no setting has this variable; did you mean `WRIT_SESSION_LIFE`?",
            "FILE, line 1: `http.lisetn` is not a setting; did you mean `http.listen`?",
            "FILE, line 2: `database.password` is not a setting;"
                + " secrets are given by file; set `database.password-file`",
            "FILE, line 4: `data` cannot be set in the file, which is found through it;"
                + " use --data or WRIT_DATA",
            "FILE, line 5: `gateway` is not a mapping; write `name: value` lines",
            "FILE, line 1: `127.0.0.1:99999` is not an address; write one like 127.0.0.1:7878",
            "FILE, line 3: `25h` is out of bounds; write a duration from 1m to 1d",
            "--gateway-run: `maybe` is not one of the choices; known are `on`, `off`",
            "FILE, line 2: the address holds credentials;"
                + " give them with database.user and database.password-file",
            "WRIT_CHORES_ENDINGS: `many` is not a duration;"
                + " write one like 250ms, 30s, 10m, 8h or 7d");
  }

  @Test
  void boundsAreIncludedAndOneBeyondIsRefused() {
    assertThat(life("1m")).isEmpty();
    assertThat(life("24h")).isEmpty();
    assertThat(life("59s")).hasSize(1);
    assertThat(life("1441m")).hasSize(1);
  }

  @Test
  void aFileThatWasNamedMustBeThere() {
    List<Problem> problems =
        read(Optional.of(folder.resolve("none.yaml")), Map.of(), Map.of()).problems();
    assertThat(problems).singleElement().extracting(Problem::place).isEqualTo("--config");
  }

  @Test
  void aFileThatIsNotYamlIsRefusedWithItsLine() throws Exception {
    Path file = write("http: [\n");
    assertThat(read(Optional.of(file), Map.of(), Map.of()).problems())
        .allMatch(p -> p.place().startsWith(file.toString()))
        .isNotEmpty();
  }

  @Test
  void theReferencePageSaysWhatTheDeclarationsSay() throws Exception {
    Path page = root().resolve("docs/reference/configuration.md");
    if ("fix".equals(System.getProperty("writ.docs"))) {
      Files.writeString(page, Reference.page());
    }
    assertThat(Files.readString(page))
        .as("write it again with -Dtest.jvm=-Dwrit.docs=fix")
        .isEqualTo(Reference.page());
  }

  private static List<Problem> life(String text) {
    return flag("session.life", text);
  }

  private static List<Problem> flag(String name, String text) {
    return Effective.read(
            new Sources(
                Optional.of(root().resolve("docs/reference/none.yaml")),
                Map.of(),
                new TreeMap<>(Map.of(name, text))))
        .problems()
        .stream()
        .filter(p -> !p.place().equals("--config"))
        .toList();
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("given.yaml"), text);
  }

  private Parsed<Effective> read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    SortedMap<String, String> all = new TreeMap<>(flags);
    if (!environment.containsKey("WRIT_DATA")) {
      all.put("data", folder.resolve("data").toString());
    }
    return Effective.read(new Sources(file, environment, all));
  }

  private static String origin(Effective values, String name) {
    return values.values().stream()
        .filter(v -> v.setting().name().equals(name))
        .findFirst()
        .orElseThrow()
        .origin()
        .toString();
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("writ-core"))) {
      Path parent = at.getParent();
      if (parent == null) {
        throw new IllegalStateException("the tests run outside the project");
      }
      at = parent;
    }
    return at;
  }
}
