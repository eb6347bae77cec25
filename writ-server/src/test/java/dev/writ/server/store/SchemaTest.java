package dev.writ.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.server.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema says what it keeps, keeps it against everybody, and is known or refused. */
class SchemaTest {
  /** For what only reads, and for what is refused and so leaves no trace. */
  private static StoreDatabase untouched;

  @BeforeAll
  static void migrate() throws Exception {
    untouched = StoreDatabase.fresh();
  }

  @AfterAll
  static void nothingWasWritten() throws Exception {
    assertThat(untouched.one("select count(*) from entry")).isEqualTo("0");
    untouched.close();
  }

  @Test
  void knowsEveryMigrationOfTheDistribution() throws Exception {
    Path folder = Path.of(SchemaTest.class.getClassLoader().getResource(Schema.MIGRATIONS).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1")))
          .containsExactlyInAnyOrderElementsOf(Schema.KNOWN);
    }
  }

  @Test
  void migratesOnceAndThenAgainWithoutEffect() throws Exception {
    try (TestPostgres.Database database = TestPostgres.fresh()) {
      DatabaseAddress address = StoreDatabase.addressOf(database);
      Schema.migrate(address);
      Schema.migrate(address);
      PostgresLedgerStore.open(address, StoreTimeouts.usual()).close();
    }
  }

  @Test
  void everyTableAndColumnIsExplained() throws Exception {
    assertThat(
            untouched.one(
                """
                select coalesce(string_agg(c.relname || '.' || coalesce(a.attname, '*'), ' '), '')
                from pg_class c
                left join pg_attribute a
                  on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'writ'::regnamespace and c.relkind in ('r', 'p')
                  and c.relname <> 'schema_history'
                  and (obj_description(c.oid) is null
                    or col_description(c.oid, a.attnum) is null)
                """))
        .isEmpty();
  }

  @Test
  void everyConstraintIsNamedForItsRule() throws Exception {
    assertThat(
            untouched.one(
                """
                select coalesce(string_agg(conname, ' '), '')
                from pg_constraint join pg_class c on c.oid = conrelid
                where connamespace = 'writ'::regnamespace and contype not in ('n', 't')
                  and not c.relispartition and c.relname <> 'schema_history'
                  and conname ~ '_(pkey|key|check|fkey)[0-9]*$'
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update entry set bytes = 'x'",
        "delete from entry",
        "truncate entry",
        "delete from entry_00000000",
        "update tile set hashes = ''",
        "delete from tile",
        "delete from blob",
        "update blob set bytes = ''",
        "truncate blob",
        "update checkpoint set note = 'x'"
      })
  void whatIsWrittenOnceIsRefusedToTheOwnerByANamedRule(String statement) throws Exception {
    assertThatThrownBy(() -> untouched.asSuperuser(statement))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23001"))
        .hasMessageContaining("is written once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update entry set bytes = 'x'",
        "delete from entry",
        "truncate entry",
        "delete from entry_00000000",
        "insert into entry_00000000 values (7, 'x')",
        "update tile set hashes = ''",
        "delete from tile",
        "delete from blob",
        "insert into head (sole) values (false)",
        "delete from head",
        "alter table entry disable trigger all",
        "drop table chore",
        "create table mine ()",
        "update checkpoint set note = 'x'",
        "update schema_history set version = '9'"
      })
  void aNodeMayNotTouchWhatItOnlyAdds(String statement) throws Exception {
    assertThatThrownBy(() -> untouched.asNode(statement))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into entry values (0, '')|entry_has_at_most_65535_bytes",
        "insert into entry values (0, repeat('x', 65536)::bytea)|entry_has_at_most_65535_bytes",
        "insert into tile values (0, 0, 'short')|tile_is_full",
        "insert into tile values (9, 0, repeat('x', 8192)::bytea)|tile_level_is_possible",
        "insert into blob values (sha256('a'), 'b')|blob_is_named_by_its_digest",
        "update head set body = 'x'|head_is_sealed_once_written",
        "insert into chore (name, due, holder) values ('c', now(), 'n')|chore_claim_has_a_deadline"
      })
  void rowsKeepTheRulesOfTheTypes(String statementAndRule) throws Exception {
    int bar = statementAndRule.lastIndexOf('|');
    assertThatThrownBy(() -> untouched.asNode(statementAndRule.substring(0, bar)))
        .hasMessageContaining('"' + statementAndRule.substring(bar + 1) + '"');
  }

  @Test
  void partitionsAreMadeAheadAndCarryTheRules() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh()) {
      assertThat(database.one("select make_entry_partitions(3)")).isEqualTo("16777216");
      assertThat(database.one("select make_entry_partitions(1)")).isEqualTo("16777216");
      database.asNode("insert into entry values (4194304, 'x')");
      assertThat(database.one("select make_entry_partitions(4)")).isEqualTo("25165824");
      assertThat(database.one("select tableoid::regclass from entry")).isEqualTo("entry_00000001");
      assertThatThrownBy(() -> database.asSuperuser("delete from entry_00000001"))
          .hasMessageContaining("is written once");
    }
  }

  @Test
  void anEmptyDatabaseIsRefusedUntilMigrated() throws Exception {
    try (TestPostgres.Database database = TestPostgres.fresh()) {
      assertThat(refusal(StoreDatabase.addressOf(database)))
          .isEqualTo(StoreRefused.Reason.SCHEMA_OLD);
    }
  }

  @Test
  void aSchemaOfANewerWritIsRefusedByServerAndMigrationAlike() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh()) {
      database.asSuperuser(
          """
          insert into schema_history (installed_rank, version, description, type, script,
            installed_by, execution_time, success)
          values (99, '99', 'later', 'SQL', 'V99__later.sql', 'writ', 1, true)
          """);
      assertThat(refusal(database.address())).isEqualTo(StoreRefused.Reason.SCHEMA_UNKNOWN);
      assertThatThrownBy(() -> Schema.migrate(database.address()))
          .isInstanceOfSatisfying(
              StoreRefused.class,
              e -> assertThat(e.reason()).isEqualTo(StoreRefused.Reason.SCHEMA_UNKNOWN))
          .hasMessageContaining("is version 99, and this Writ knows versions up to 4 only");
    }
  }

  @Test
  void aWrongPasswordIsSaidWithoutThePassword() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh()) {
      DatabaseAddress wrong =
          new DatabaseAddress(database.address().url() + "?sslpassword=hush", "writ", "hush");
      assertThatThrownBy(() -> PostgresLedgerStore.open(wrong, StoreTimeouts.usual()).close())
          .isInstanceOfSatisfying(
              StoreRefused.class,
              e -> assertThat(e.reason()).isEqualTo(StoreRefused.Reason.UNREACHABLE))
          .hasMessageNotContaining("hush");
    }
  }

  private static StoreRefused.Reason refusal(DatabaseAddress address) {
    try (PostgresLedgerStore store = PostgresLedgerStore.open(address, StoreTimeouts.usual())) {
      throw new AssertionError("not refused: " + List.of(store));
    } catch (StoreRefused e) {
      return e.reason();
    }
  }
}
