package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.server.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that cannot start say why, in words, and end with 3. */
@Tag("services")
class RefusedStartTest {
  @Test
  void portsInUseAndFoldersInUseAreNamed(@TempDir Path folder) throws Exception {
    Site site = Site.founded(folder);
    try (CountingTools tools = CountingTools.prompt()) {
      try (ServerSocket taken = taken(site.listen())) {
        assertThat(taken.isBound()).isTrue();
        plain(site.started(tools), site.listen());
      }
      try (ServerSocket taken = taken(site.gatewayListen())) {
        assertThat(taken.isBound()).isTrue();
        plain(site.started(tools), site.gatewayListen());
      }
      try (Site.Serving serving = site.serve(tools)) {
        assertThat(serving.child().isRunning()).isTrue();
        plain(site.started(tools), "another Writ", site.data().toString());
      }
    }
  }

  private static ServerSocket taken(String address) throws IOException {
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void productionRefusesDevelopmentSignInAndSchemasItDoesNotKnow(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder, postgres.flags(), "production");
      plain(site.started(tools), "development sign-in", "session.development");
      postgres.run(
          """
          insert into writ.schema_history
            (installed_rank, version, description, type, script, installed_by, execution_time,
             success)
          values (99, '99', 'of the future', 'SQL', 'V99__future.sql', 'writ', 0, true)
          """);
      plain(site.started(tools, "--session-development", "off"), "version 99");
    }
  }

  @Test
  void aDatabaseThatForgetsIsRefused(@TempDir Path folder) throws Exception {
    EmbeddedPostgres.Options forgetful = EmbeddedPostgres.Options.none().with("fsync", "off");
    try (OwnPostgres postgres = OwnPostgres.start(folder, forgetful)) {
      plain(Site.empty(folder, postgres.flags()).init("development"), "fsync");
    }
  }

  private static void plain(Child child, String... said) throws IOException {
    try (child) {
      plain(child.ended(), said);
    }
  }

  private static void plain(Child.Ended ended, String... said) {
    assertThat(ended.status()).as(ended.errors()).isEqualTo(3);
    // Lines are wrapped, so a phrase may be spread over two.
    String words = ended.errors().replaceAll("\\s+", " ");
    assertThat(words).contains(said).contains("writ: ").contains(" next ");
    assertThat(ended.errors()).doesNotContain("\tat ").doesNotContain("Exception");
  }
}
