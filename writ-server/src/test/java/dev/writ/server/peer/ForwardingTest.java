package dev.writ.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.server.config.Address;
import dev.writ.server.gateway.Authority;
import dev.writ.server.gateway.AuthorityDown;
import dev.writ.server.gateway.CallOutcome;
import dev.writ.server.gateway.CallQuestion;
import dev.writ.server.gateway.Decided;
import dev.writ.server.gateway.RevocationFeed;
import dev.writ.server.gateway.ToolsSeen;
import dev.writ.server.http.HttpServer;
import dev.writ.server.http.Listening;
import dev.writ.server.http.StrangerCounts;
import dev.writ.server.keys.KeyHome;
import dev.writ.server.keys.KeyUnlock;
import dev.writ.server.keys.Keys;
import dev.writ.server.keys.MasterKeys;
import dev.writ.server.keys.PeerSeal;
import dev.writ.server.keys.Signatures;
import dev.writ.server.upstream.Destinations;
import dev.writ.server.upstream.Outbound;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls handed to another node, over real doors; both answer from one log of decided keys. */
class ForwardingTest {
  private static final InstantSource TIME = InstantSource.system();

  private final Entropy entropy = new Random(5)::nextBytes;
  private final NodeId here = NodeId.fresh(entropy);
  private final NodeId there = NodeId.fresh(entropy);
  private final Map<Digest, CallId> decided = new ConcurrentHashMap<>();
  private final Node own = new Node("own");
  private final Node other = new Node("other");
  private Optional<NodeId> deferTo = Optional.of(there);
  private boolean knows = true;

  @TempDir private Path folder;

  /** An authority of one of the nodes; the decisions are in a ledger both write. */
  private final class Node implements Authority {
    private final String name;
    private final Set<Digest> asked = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile boolean down;
    private final AtomicLong recorded = new AtomicLong();

    private Node(String name) {
      this.name = name;
    }

    @Override
    public Decided decide(CallQuestion question) {
      asked.add(question.callerKey());
      CallId fresh = CallId.fresh(new java.security.SecureRandom()::nextBytes);
      CallId first = decided.putIfAbsent(question.callerKey(), fresh);
      await();
      if (down) {
        throw new AuthorityDown("the ledger cannot decide", Duration.ofSeconds(1));
      }
      return first == null
          ? new Decided.Denied(Optional.of(fresh), name, List.of(), question.tool(), "")
          : new Decided.Repeated(first);
    }

    private void await() {
      try {
        if (!held.await(20, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody let it go");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void record(List<CallOutcome> outcomes) {
      recorded.addAndGet(outcomes.size());
    }

    @Override
    public ToolsSeen tools(TaskId task, TokenId token) {
      return new ToolsSeen.Refused(name, name);
    }

    @Override
    public RevocationFeed revocations() {
      return new RevocationFeed(System::nanoTime);
    }
  }

  private PeerSeal seal(String name) {
    MasterKeys masters = MasterKeys.create(folder.resolve(name + ".master"), entropy);
    KeyHome home =
        new KeyHome(folder.resolve(name + ".keys"), new KeyUnlock.Master(masters), masters);
    return Keys.create(home, Signatures.portable(), entropy, TIME).peerSeal();
  }

  private HttpServer door(Address address, PeerSeal seal) {
    Listening listening =
        new Listening(
            address.host(),
            address.port(),
            URI.create("http://" + address),
            Envelope.LONGEST,
            Duration.ofSeconds(20));
    PeerDoor door = new PeerDoor(other, seal, there, TIME);
    return HttpServer.start(listening, List.of(door), new StrangerCounts(), entropy);
  }

  private Peers peers(PeerSeal seal, String address) {
    return new Peers(
        here,
        seal,
        new Peers.Clocks(TIME, System::nanoTime),
        id -> id.equals(there) ? Optional.of(address) : Optional.empty());
  }

  private ForwardingAuthority authority(Peers peers) {
    return new ForwardingAuthority(
        own,
        peers,
        new ForwardingAuthority.Here() {
          @Override
          public Optional<NodeId> deferTo() {
            return deferTo;
          }

          @Override
          public boolean knows(CallQuestion question) {
            return knows;
          }

          @Override
          public Optional<Decided> noted(CallQuestion question, Supplier<Optional<Decided>> at) {
            return at.get();
          }
        });
  }

  private CallQuestion question(String tool) {
    return new CallQuestion(
        TokenId.fresh(entropy),
        TaskId.fresh(entropy),
        tool,
        Json.object().put("supplier", "sup-118").build(),
        Digest.sha256(entropy.bytes(16)));
  }

  private static String by(Decided decided) {
    return decided instanceof Decided.Denied denied ? denied.reason() : decided.toString();
  }

  @Test
  void aCallGoesToWhomThisNodeDefersAndItsAnswerComesBack() throws Exception {
    Address address = Address.unused("127.0.0.1", entropy);
    PeerSeal seal = seal("shared");
    try (HttpServer server = door(address, seal);
        Peers peers = peers(seal, address.toString())) {
      assertThat(server.port()).isEqualTo(address.port());
      ForwardingAuthority authority = authority(peers);
      CallQuestion question = question("read_invoices");
      assertThat(authority.decide(question))
          .isEqualTo(
              new Decided.Denied(
                  Optional.ofNullable(decided.get(question.callerKey())),
                  "other",
                  List.of(),
                  "read_invoices",
                  ""));
      authority.record(
          List.of(
              new CallOutcome(
                  CallId.fresh(entropy),
                  question.task(),
                  new CallOutcome.Ending.Failed("timeout"))));
      assertThat(other.recorded).hasValue(1);
      assertThat(own.asked).isEmpty();
      // Asked again, wherever: the first answer stands.
      deferTo = Optional.empty();
      assertThat(authority.decide(question)).isInstanceOf(Decided.Repeated.class);
    }
  }

  @Test
  void manyAtOnceAreAllAnsweredEachWithItsOwn() throws Exception {
    Address address = Address.unused("127.0.0.1", entropy);
    PeerSeal seal = seal("shared");
    try (HttpServer server = door(address, seal);
        Peers peers = peers(seal, address.toString());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(server.port()).isEqualTo(address.port());
      ForwardingAuthority authority = authority(peers);
      List<Future<Decided>> answers = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        CallQuestion question = question("tool-" + i);
        answers.add(callers.submit(() -> authority.decide(question)));
      }
      Set<String> tools = new LinkedHashSet<>();
      for (int i = 0; i < answers.size(); i++) {
        Decided.Denied denied = (Decided.Denied) answers.get(i).get(20, TimeUnit.SECONDS);
        assertThat(denied.message()).isEqualTo("tool-" + i);
        tools.add(denied.message());
      }
      assertThat(tools).hasSize(2_000);
      assertThat(other.asked).isNotEmpty();
    }
  }

  @Test
  void whoeverHasAnotherKeyIsNotHeardAndTheNodeDecidesItself() throws Exception {
    Address address = Address.unused("127.0.0.1", entropy);
    try (HttpServer server = door(address, seal("theirs"));
        Peers peers = peers(seal("ours"), address.toString())) {
      assertThat(server.port()).isEqualTo(address.port());
      assertThat(by(authority(peers).decide(question("x")))).isEqualTo("own");
      assertThat(other.asked).isEmpty();
    }
  }

  @Test
  void anOldQuestionOrOneForAnotherNodeIsRefused() throws Exception {
    Address address = Address.unused("127.0.0.1", entropy);
    PeerSeal seal = seal("shared");
    try (HttpServer server = door(address, seal);
        Outbound outbound = new Outbound(new Destinations(List.of(address.toString())))) {
      assertThat(server.port()).isEqualTo(address.port());
      Envelope envelope = new Envelope(seal);
      Instant now = TIME.instant();
      assertThat(sent(outbound, address, envelope.question(here, there, now, at(now))))
          .isEqualTo(400);
      Instant old = now.minusSeconds(11);
      assertThat(sent(outbound, address, envelope.question(here, there, old, at(old))))
          .isEqualTo(401);
      assertThat(sent(outbound, address, envelope.question(here, here, now, at(now))))
          .isEqualTo(401);
    }
  }

  /** A question with no message in it: what is wrong with it is seen only once it is believed. */
  private static Json.Obj at(Instant at) {
    return Json.object()
        .put("at", at.toEpochMilli())
        .put("messages", Json.array(List.of()))
        .build();
  }

  private static int sent(Outbound outbound, Address address, Envelope.Closed closed)
      throws IOException {
    return outbound
        .send(
            new Outbound.Request(
                URI.create("http://" + address + PeerDoor.PATH),
                Map.of(),
                closed.text(),
                Duration.ofSeconds(10),
                1 << 20))
        .status();
  }

  @Test
  void anAnswerToAnotherQuestionIsNoAnswer() {
    Envelope envelope = new Envelope(seal("shared"));
    Json.Obj inside = Json.object().put("x", 1).build();
    Envelope.Closed one = envelope.question(here, there, TIME.instant(), inside);
    Envelope.Closed two = envelope.question(here, there, TIME.instant(), inside);
    Envelope.Closed answer = envelope.answer(there, one.box(), TIME.instant(), inside);
    assertThat(envelope.openAnswer(answer.text(), there, one.box())).isPresent();
    assertThat(envelope.openAnswer(answer.text(), there, two.box())).isEmpty();
    assertThat(envelope.openAnswer(answer.text(), here, one.box())).isEmpty();
    assertThat(envelope.openAnswer(one.text(), here, one.box())).isEmpty();
  }

  @Test
  void aNodeThatTakesTheCallAndGivesNoAnswerIsNotWaitedForAndItsDecisionStands() throws Exception {
    Address address = Address.unused("127.0.0.1", entropy);
    PeerSeal seal = seal("shared");
    other.held = new CountDownLatch(1);
    try (HttpServer server = door(address, seal);
        Peers peers = peers(seal, address.toString())) {
      assertThat(server.port()).isEqualTo(address.port());
      ForwardingAuthority authority = authority(peers);
      CallQuestion question = question("x");
      Decided here = authority.decide(question);
      // Decided there, and nobody was told: it is not decided again, and not sent.
      CallId first = Optional.ofNullable(decided.get(question.callerKey())).orElseThrow();
      assertThat(here).isEqualTo(new Decided.Repeated(first));
      // It is left alone for a while: the next is not held up.
      assertThat(by(authority.decide(question("y")))).isEqualTo("own");
      assertThat(other.asked).hasSize(1);
    } finally {
      other.held.countDown();
    }
  }

  @Test
  void aNodeThatIsGoneOrHangsUpOrCannotDecideIsReplacedByThisOne() throws Exception {
    Address address = Address.unused("127.0.0.1", entropy);
    PeerSeal seal = seal("shared");
    try (Peers peers = peers(seal, address.toString())) {
      assertThat(by(authority(peers).decide(question("gone")))).isEqualTo("own");
    }
    try (ServerSocket silent = new ServerSocket(address.port());
        Peers peers = peers(seal, address.toString())) {
      Thread.ofVirtual().start(() -> hangUp(silent));
      assertThat(by(authority(peers).decide(question("hangs up")))).isEqualTo("own");
    }
    other.down = true;
    try (HttpServer server = door(address, seal);
        Peers peers = peers(seal, address.toString())) {
      assertThat(server.port()).isEqualTo(address.port());
      assertThat(authority(peers).decide(question("cannot"))).isInstanceOf(Decided.Repeated.class);
      assertThat(own.asked).hasSize(3);
    }
  }

  private static void hangUp(ServerSocket server) {
    try (Socket socket = server.accept()) {
      assertThat(socket.getInputStream().read()).isPositive();
    } catch (IOException e) {
      return;
    }
  }

  @Test
  void whatThisNodeDoesNotKnowYetItDecidesItself() throws Exception {
    Address address = Address.unused("127.0.0.1", entropy);
    PeerSeal seal = seal("shared");
    knows = false;
    try (HttpServer server = door(address, seal);
        Peers peers = peers(seal, address.toString())) {
      assertThat(server.port()).isEqualTo(address.port());
      assertThat(by(authority(peers).decide(question("x")))).isEqualTo("own");
      assertThat(other.asked).isEmpty();
    }
  }
}
