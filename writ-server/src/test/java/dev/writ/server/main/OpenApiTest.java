package dev.writ.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.draft.EmbeddedDrafter;
import dev.writ.fact.Fact;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Written;
import dev.writ.operation.Audiences;
import dev.writ.operation.Library;
import dev.writ.operation.Memo;
import dev.writ.operation.OwnKeys;
import dev.writ.operation.PayloadRows;
import dev.writ.operation.Payloads;
import dev.writ.operation.WrappedKeys;
import dev.writ.server.api.ApiDoor;
import dev.writ.server.api.LogPages;
import dev.writ.server.api.SessionResource;
import dev.writ.server.api.Sessions;
import dev.writ.server.http.RoutesSeen;
import dev.writ.server.keys.SystemEntropy;
import dev.writ.state.State;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Json.Bounds BOUNDS = new Json.Bounds(1 << 20, 64, 100_000, true);

  @Test
  void theDocumentNamesExactlyTheRoutesThatAreRegistered() throws Exception {
    Set<String> documented = new TreeSet<>();
    paths()
        .forEach((path, operations) ->
            ((Json.Obj) operations)
                .members()
                .keySet()
                .forEach(method ->
                    documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
    Set<String> registered = new TreeSet<>();
    RoutesSeen.of(api())
        .forEach((path, methods) -> methods.forEach(m -> registered.add(m + " " + path)));
    registered.addAll(OAUTH);
    assertThat(documented).isEqualTo(registered);
  }

  /** The authorization server's own; its door's tests hold them. */
  private static final Set<String> OAUTH =
      new TreeSet<>(
          List.of(
              "GET /.well-known/oauth-authorization-server",
              "GET /jwks",
              "POST /oauth/token",
              "POST /oauth/introspect",
              "POST /oauth/revoke",
              "POST /oauth/enrol"));

  @Test
  void everyReferenceLeadsSomewhereAndEveryOperationHasItsOwnName() throws Exception {
    Json.Obj document = document();
    List<String> references = new ArrayList<>();
    List<String> names = new ArrayList<>();
    collect(document, references, names);
    assertThat(references).isNotEmpty().allSatisfy(r -> assertThat(at(document, r)).isPresent());
    assertThat(names).doesNotHaveDuplicates();
  }

  private static void collect(Json json, List<String> references, List<String> names) {
    switch (json) {
      case Json.Obj obj -> {
        obj.text("$ref").ifPresent(references::add);
        obj.text("operationId").ifPresent(names::add);
        obj.members().values().forEach(v -> collect(v, references, names));
      }
      case Json.Arr(List<Json> items) -> items.forEach(i -> collect(i, references, names));
      case Json.Str s -> {}
      case Json.Int i -> {}
      case Json.Real r -> {}
      case Json.Bool b -> {}
      case Json.Null n -> {}
    }
  }

  private static Optional<Json> at(Json.Obj document, String reference) {
    Optional<Json> at = Optional.of(document);
    for (String step : reference.substring(2).split("/", -1)) {
      at = at.flatMap(j -> j instanceof Json.Obj obj ? obj.get(step) : Optional.empty());
    }
    return at;
  }

  private static Map<String, Json> paths() throws Exception {
    return document().object("paths").orElseThrow().members();
  }

  private static Json.Obj document() throws Exception {
    try (InputStream in = ApiDoor.class.getResourceAsStream("openapi.json")) {
      assertThat(in).isNotNull();
      byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
      return Json.parseObject(bytes, BOUNDS).orThrow();
    }
  }

  private static ApiDoor api() {
    SystemEntropy entropy = new SystemEntropy();
    InstantSource clock = InstantSource.system();
    Operations operations =
        new Operations(
            new Operations.Ports(
                NOTHING,
                new Library(digest -> Optional.empty(), SEALED, Memo.none()),
                SEALED,
                draft -> {
                  throw new UnsupportedOperationException();
                },
                NO_KEYS,
                offer -> offer + ".code",
                new Audiences("http://127.0.0.1/mcp", List.of()),
                (policies, schema) -> Parsed.ok(policies),
                entropy,
                clock),
            new EmbeddedDrafter());
    LogPages.Stored none =
        new LogPages.Stored() {
          @Override
          public List<byte[]> entries(long from, int limit) {
            return List.of();
          }

          @Override
          public Optional<byte[]> tile(int level, long index) {
            return Optional.empty();
          }

          @Override
          public long size() {
            return 0;
          }

          @Override
          public Optional<byte[]> checkpoint() {
            return Optional.empty();
          }

          @Override
          public Optional<byte[]> witnessed() {
            return Optional.empty();
          }
        };
    return operations.api(
        new Sessions(entropy, clock, Duration.ofHours(1)),
        SessionResource.Development.ON,
        new Operations.Evidence(
            new LogPages(none),
            entries -> Optional.empty(),
            digest -> Optional.empty(),
            ROWS,
            NO_WRAPPINGS));
  }

  private static final Ledger NOTHING =
      new Ledger() {
        @Override
        public <R> Written<R> write(Command<R> command) {
          throw new UnsupportedOperationException();
        }

        @Override
        public State published() {
          return State.empty();
        }

        @Override
        public State confirmed() {
          return State.empty();
        }
      };

  private static final OwnKeys NO_KEYS =
      new OwnKeys() {
        @Override
        public Fact.PublicKey prepare(Fact.KeyUse use, String origin) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Fact.PublicKey> prepared(Fact.KeyUse use, String origin) {
          return Optional.empty();
        }

        @Override
        public String endorse(Fact.PublicKey present, Fact.PublicKey next) {
          throw new UnsupportedOperationException();
        }

        @Override
        public String prepareMaster() {
          throw new UnsupportedOperationException();
        }

        @Override
        public String master() {
          return "";
        }
      };

  private static final WrappedKeys NO_WRAPPINGS =
      new WrappedKeys() {
        @Override
        public List<Attachment.WorkflowKey> wrappedByOthers(String masterKey, int most) {
          return List.of();
        }

        @Override
        public boolean replace(Attachment.WorkflowKey before, Attachment.WorkflowKey after) {
          return false;
        }

        @Override
        public NavigableMap<String, Long> wrapped() {
          return new TreeMap<>();
        }
      };

  private static final PayloadRows ROWS =
      new PayloadRows() {
        @Override
        public Optional<Row> find(PayloadId id) {
          return Optional.empty();
        }

        @Override
        public Attachment.WorkflowKey keep(Attachment.WorkflowKey offered) {
          return offered;
        }
      };

  private static final Payloads SEALED =
      new Payloads() {
        @Override
        public Sealed seal(WorkflowId workflow, byte[] plain) {
          throw new UnsupportedOperationException(Digest.sha256(plain).toString());
        }

        @Override
        public Parsed<byte[]> open(PayloadRef ref) {
          return Parsed.refused("", "nothing is sealed here", "");
        }
      };
}
