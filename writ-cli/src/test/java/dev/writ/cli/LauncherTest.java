package dev.writ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher finds a JDK 25 and the distribution wherever it stands and is called from. The JDKs
 * here are scripts that say how they were called; the folders the launcher knows by heart are
 * replaced, so that the machine's own JDKs are not found.
 */
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "dirname",
          "readlink",
          "grep",
          "find",
          "head",
          "cat",
          "tr",
          "od",
          "mkdir",
          "rm",
          "mv",
          "sed",
          "awk");

  @TempDir private Path folder = Path.of("");
  private Path root = Path.of("");

  @BeforeEach
  void install() throws IOException {
    root = Files.createDirectory(folder.resolve("a place with spaces"));
    String script =
        Files.readString(projectRoot().resolve("writ"))
            .replace("/usr/lib/jvm/*", folder + "/jvm/*")
            .replace("/usr/java/* /opt/java/*", "")
            .replace("/usr/libexec/java_home", "/nonexistent/java_home");
    executable(root.resolve("writ"), script);
    Files.createDirectories(root.resolve("writ-cli/target/dist/lib"));
    Files.createFile(root.resolve("writ-cli/target/dist/built"));
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Path real =
          Files.exists(Path.of("/usr/bin", tool))
              ? Path.of("/usr/bin", tool)
              : Path.of("/bin", tool);
      Files.createSymbolicLink(tools.resolve(tool), real);
    }
  }

  @Test
  void theSystemsFolderIsSearchedAndArgumentsArriveUnchanged() throws Exception {
    jdk("jvm/temurin-25", "25.0.3");
    jdk("jvm/older", "21.0.1");
    Ran ran = run(root.resolve("writ"), Map.of(), "draft", "two words", "a'b\"c", "");
    assertThat(ran.status()).isZero();
    assertThat(ran.lines())
        .contains("jdk temurin-25", "-Dwrit.home=" + root, "dev.writ.cli.Main")
        .endsWith("draft", "two words", "a'b\"c", "");
  }

  @Test
  void aJavaHomeThatIs25Wins() throws Exception {
    jdk("jvm/temurin-25", "25.0.3");
    Path mine = jdk("mine", "25.0.4");
    assertThat(run(root.resolve("writ"), Map.of("JAVA_HOME", mine.toString()), "x").lines())
        .contains("jdk mine");
  }

  @Test
  void aJavaHomeThatIsAnotherVersionOrNothingIsPassedOver() throws Exception {
    jdk("jvm/temurin-25", "25.0.3");
    Path old = jdk("old", "17.0.9");
    assertThat(run(root.resolve("writ"), Map.of("JAVA_HOME", old.toString()), "x").lines())
        .contains("jdk temurin-25");
    assertThat(run(root.resolve("writ"), Map.of("JAVA_HOME", "/no/such/folder"), "x").lines())
        .contains("jdk temurin-25");
  }

  @Test
  void aJdkOfSdkmanOrOfAnEditorIsFound() throws Exception {
    jdk(".jdks/editors", "25.0.1");
    assertThat(run(root.resolve("writ"), Map.of(), "x").lines()).contains("jdk editors");
    jdk(".sdkman/candidates/java/25-tem", "25.0.2");
    assertThat(run(root.resolve("writ"), Map.of(), "x").lines()).contains("jdk 25-tem");
    jdk("elsewhere/candidates/java/moved", "25.0.2");
    Map<String, String> moved = Map.of("SDKMAN_DIR", folder.resolve("elsewhere").toString());
    assertThat(run(root.resolve("writ"), moved, "x").lines()).contains("jdk moved");
  }

  @Test
  void aSourceThatIsNewerThanTheBuildIsBuiltFirst() throws Exception {
    jdk("jvm/temurin-25", "25.0.3");
    Path built = root.resolve("writ-cli/target/dist/built");
    Files.createFile(root.resolve("pom.xml"));
    Files.setLastModifiedTime(root.resolve("pom.xml"), FileTime.fromMillis(1_000_000_000));
    for (String tool : List.of("touch", "tail")) {
      Files.createSymbolicLink(folder.resolve("tools").resolve(tool), Path.of("/usr/bin", tool));
    }
    executable(
        folder.resolve("tools/mvn"),
        "#!/bin/sh\necho \"$@\" >>'"
            + folder
            + "/built-with'\nmkdir -p '"
            + built.getParent()
            + "'\n");
    assertThat(run(root.resolve("writ"), Map.of(), "x").lines()).contains("jdk temurin-25");
    assertThat(folder.resolve("built-with")).doesNotExist();

    Path source = root.resolve("writ-core/src/main/Source.java");
    Files.createDirectories(source.getParent());
    Files.createFile(source);
    Files.setLastModifiedTime(
        source, FileTime.from(Files.getLastModifiedTime(built).toInstant().plusSeconds(1)));
    assertThat(run(root.resolve("writ"), Map.of(), "x").lines())
        .contains("jdk temurin-25", "dev.writ.cli.Main");
    assertThat(folder.resolve("built-with")).content().contains("package").hasLineCount(1);

    Files.setLastModifiedTime(built, FileTime.fromMillis(1_000_000_000));
    executable(folder.resolve("tools/mvn"), "#!/bin/sh\necho 'no compiler'\nexit 1\n");
    Ran failed = run(root.resolve("writ"), Map.of(), "x");
    assertThat(failed.status()).isEqualTo(3);
    assertThat(String.join("\n", failed.lines())).contains("no compiler", "the build failed");
  }

  @Test
  void aJavaOnThePathIsFoundThroughLinks() throws Exception {
    Path elsewhere = jdk("elsewhere", "25.0.3");
    Files.createSymbolicLink(folder.resolve("tools/java"), elsewhere.resolve("bin/java"));
    assertThat(run(root.resolve("writ"), Map.of(), "x").lines()).contains("jdk elsewhere");
  }

  @Test
  void theLauncherMayBeALink() throws Exception {
    jdk("jvm/temurin-25", "25.0.3");
    Path link = Files.createSymbolicLink(folder.resolve("w"), root.resolve("writ"));
    assertThat(run(link, Map.of(), "x").lines()).contains("-Dwrit.home=" + root);
  }

  @Test
  void withoutAJdk25ItSaysWhatToInstall() throws Exception {
    jdk("jvm/older", "21.0.1");
    Ran ran = run(root.resolve("writ"), Map.of(), "x");
    assertThat(ran.status()).isEqualTo(3);
    assertThat(String.join("\n", ran.lines()))
        .contains("no JDK 25 found", "apt-get install", "brew install", "JAVA_HOME");
  }

  @Test
  void unknownTestOptionsAreUsageErrors() throws Exception {
    jdk("jvm/temurin-25", "25.0.3");
    assertThat(run(root.resolve("writ"), Map.of(), "test", "--nonsense").status()).isEqualTo(2);
    assertThat(run(root.resolve("writ"), Map.of(), "test", "--soak", "x").status()).isEqualTo(2);
    assertThat(run(root.resolve("writ"), Map.of(), "test", "--help").status()).isZero();
  }

  @Test
  void theFirstDemonstrationPreparesQuickerStarts() throws Exception {
    Path jdk = jdk("jvm/temurin-25", "25.0.3");
    executable(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        for a in "$@"; do
          echo "$a"
          case $a in
            -XX:DumpLoadedClassList=*)
              to=${a#*=}
              printf 'a/A id: 1\nb/B id: 2 super: 1 source: x.jar\n@cp a/A 1\n' >"${to%%%p*}1.list"
              printf '# comment\na/A id: 7\nc/C id: 9\n@cp a/A 2\n' >"${to%%%p*}2.list" ;;
            -XX:SharedClassListFile=*) cp "${a#*=}" "$(dirname "$0")/all" ;;
            -XX:SharedArchiveFile=*/loaded/*) : >"${a#*=}" ;;
          esac
        done
        """);
    Files.createSymbolicLink(folder.resolve("tools/cp"), Path.of("/bin/cp"));
    Path dist = root.resolve("writ-cli/target/dist");

    assertThat(run(root.resolve("writ"), Map.of(), "demo", "--help").lines())
        .noneMatch(l -> l.startsWith("-XX:DumpLoadedClassList"));
    assertThat(run(root.resolve("writ"), Map.of(), "serve").lines())
        .noneMatch(l -> l.startsWith("-XX:DumpLoadedClassList"));
    assertThat(run(root.resolve("writ"), Map.of(), "demo").status()).isZero();
    assertThat(jdk.resolve("bin/all")).hasContent("a/A\n@cp a/A 1\nc/C\n");
    assertThat(dist.resolve("classes.jsa")).exists();
    assertThat(dist.resolve("loaded")).doesNotExist();
    assertThat(run(root.resolve("writ"), Map.of(), "serve").lines())
        .contains("-XX:SharedArchiveFile=" + dist.resolve("classes.jsa"));
  }

  @Test
  void aDemonstrationThatFailsPreparesNothing() throws Exception {
    Path jdk = jdk("jvm/temurin-25", "25.0.3");
    executable(jdk.resolve("bin/java"), "#!/bin/sh\nexit 7\n");
    assertThat(run(root.resolve("writ"), Map.of(), "demo").status()).isEqualTo(7);
    Path dist = root.resolve("writ-cli/target/dist");
    assertThat(dist.resolve("classes.jsa")).doesNotExist();
    assertThat(dist.resolve("loaded")).doesNotExist();
  }

  private record Ran(int status, List<String> lines) {}

  private Ran run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> line = new ArrayList<>();
    line.add(launcher.toString());
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(Path.of("/").toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("tools").toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    // A line more than there are breaks: the last argument may be empty.
    String whole = said.endsWith("\n") ? said.substring(0, said.length() - 1) : said;
    return new Ran(status, List.of(whole.split("\n", -1)));
  }

  private Path jdk(String place, String version) throws IOException {
    Path home = folder.resolve(place);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    String says =
        "#!/bin/sh\necho 'jdk " + home.getFileName() + "'\nfor a in \"$@\"; do echo \"$a\"; done\n";
    executable(home.resolve("bin/java"), says);
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path projectRoot() {
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
