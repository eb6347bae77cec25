package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One more node takes the keys of one that runs. */
@Tag("services")
class JoiningTest {
  @Test
  void aCodeIsGoodOnceAndOnlyWholeAndTheKeysComeWithIt(@TempDir Path folder) throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site first = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      try (Site.Serving a = first.serve(tools)) {
        String code = a.company().nodeCode();
        Site second = Site.empty(folder.resolve("b"), postgres.flags());
        char last = code.charAt(code.length() - 1);
        String wrong = code.substring(0, code.length() - 1) + (last == '0' ? '1' : '0');
        refused(second.join(a, wrong), 1);
        refused(second.join(a, "nonsense"), 3);
        assertThat(second.data().resolve("keys/writ.keys")).doesNotExist();

        Child.Ended joined = second.join(a, code);
        assertThat(joined.status()).as(joined.errors()).isZero();
        String node = Child.object(joined.out()).text("node").orElseThrow();
        for (String file : new String[] {"keys/writ.keys", "keys/master.keys"}) {
          Path copy = second.data().resolve(file);
          assertThat(copy).hasSameBinaryContentAs(first.data().resolve(file));
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
              .isEqualTo("rw-------");
        }

        refused(second.join(a, code), 3);
        Site third = Site.empty(folder.resolve("c"), postgres.flags());
        refused(third.join(a, code), 1);
        assertThat(third.data().resolve("keys/writ.keys")).doesNotExist();

        try (Site.Serving b = second.serve(tools)) {
          a.company().writ(tools.url());
          b.follow(a);
          Evidence evidence = Evidence.take(first, b.url(), Optional.empty(), a.key());
          assertThat(evidence.of(Fact.NodeJoined.class, f -> f.node().value()))
              .containsExactly(node);
          assertThat(evidence.of(Fact.NodeOffered.class, f -> f.code().toString()))
              .doesNotContain(code)
              .hasSize(1);
        }
      }
    }
  }

  @Test
  void aNodeOnAnEmbeddedDatabaseCannotBeJoinedAndTheCodeIsNotSpent(@TempDir Path folder)
      throws Exception {
    Site first = Site.founded(folder.resolve("a"));
    try (CountingTools tools = CountingTools.prompt();
        Site.Serving a = first.serve(tools)) {
      Site second = Site.empty(folder.resolve("b"), java.util.List.of());
      Child.Ended ended = second.join(a, a.company().nodeCode());
      refused(ended, 3);
      assertThat(ended.errors()).contains("--database");
      Evidence.take(first, withAuditor(a).url(), Optional.empty(), a.key());
      assertThat(second.data()).doesNotExist();
    }
  }

  /** Whoever exports holds the auditor's duty. */
  private static Site.Serving withAuditor(Site.Serving serving) {
    try (dev.writ.terminal.Api founder = serving.company().as(Company.FOUNDER)) {
      founder.post(
          "/v1/duties",
          Json.object().put("person", Company.AUDITOR).put("duty", "auditor").build());
    }
    return serving;
  }

  private static void refused(Child.Ended ended, int status) {
    assertThat(ended.status()).as(ended.errors()).isEqualTo(status);
    assertThat(ended.errors()).contains("writ: ").doesNotContain("\tat ");
  }
}
