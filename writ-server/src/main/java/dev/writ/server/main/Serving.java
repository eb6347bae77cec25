package dev.writ.server.main;

import dev.writ.base.Entropy;
import dev.writ.fact.Fact;
import dev.writ.ledger.MonotonicClock;
import dev.writ.operation.AnnounceNode;
import dev.writ.operation.Audiences;
import dev.writ.operation.CountStrangers;
import dev.writ.operation.EndOverdue;
import dev.writ.operation.JoinNode;
import dev.writ.operation.Library;
import dev.writ.operation.Payloads;
import dev.writ.server.api.ApiDoor;
import dev.writ.server.api.DraftingDoor;
import dev.writ.server.api.SessionResource;
import dev.writ.server.api.Sessions;
import dev.writ.server.config.Address;
import dev.writ.server.config.Config;
import dev.writ.server.gateway.Authority;
import dev.writ.server.gateway.AuthorityDoor;
import dev.writ.server.gateway.GatewayOrder;
import dev.writ.server.gateway.GatewaySettings;
import dev.writ.server.gateway.OperationAuthority;
import dev.writ.server.http.HttpServer;
import dev.writ.server.http.ListenRefused;
import dev.writ.server.http.Listening;
import dev.writ.server.http.StrangerCounts;
import dev.writ.server.keys.KeyHandover;
import dev.writ.server.oauth.OauthDoor;
import dev.writ.server.peer.JoinDoor;
import dev.writ.server.peer.PeerDoor;
import dev.writ.server.validate.CedarValidation;
import dev.writ.state.State;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A running server: a node with all its doors. */
public final class Serving implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration BODY_PATIENCE = Duration.ofSeconds(20);
  private static final Duration STRANGERS = Duration.ofMinutes(1);
  private static final Duration WRAPPING = Duration.ofSeconds(5);
  private static final Duration SNAPSHOTS = Duration.ofSeconds(5);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Config config;
  private final Node.Ports ports;
  private String url = "";
  private Optional<String> gateway = Optional.empty();
  private String database = "";
  private String signing = "";
  private State founded = State.empty();

  private Serving(Config config, Node.Ports ports) {
    this.config = config;
    this.ports = ports;
  }

  /** Starts everything, in order. Throws {@link StartRefused}, and then nothing runs. */
  public static Serving start(Config config, Entropy entropy, InstantSource clock) {
    MonotonicClock nanos = System::nanoTime;
    Serving serving = new Serving(config, new Node.Ports(entropy, clock, nanos));
    boolean started = false;
    try {
      serving.run();
      started = true;
      return serving;
    } finally {
      if (!started) {
        serving.close();
      }
    }
  }

  private void run() {
    DataHome home = kept(DataHome.open(config.data()));
    Node node = kept(Node.open(config, home, ports));
    State state = node.loaded();
    Fact.LedgerFounded founding = state.government().founding().orElseThrow(Serving::notFounded);
    requireModeAllows(founding);
    requireIssuer(founding);
    founded = state;
    database = node.database().description();
    signing = node.keys().signatures().description();
    Address listen = Founding.fixed(config.http().listen(), ports.entropy());
    Address gatewayListen = Founding.fixed(config.gateway().listen(), ports.entropy());
    URI resource = config.gateway().publicUrl(gatewayListen.port());
    StrangerCounts strangers = new StrangerCounts();
    Operations operations = operations(node, founding, resource);
    String reached = config.http().nodeAddress().orElse(listen).toString();
    new AnnounceNode(node.pen()).run(new AnnounceNode.Request(node.id(), reached));
    OperationAuthority authority =
        new OperationAuthority(operations.calls(), ports.clock(), node.id(), ports.nanos());
    node.listen(authority::published);
    Forwarding forwarding = kept(new Forwarding(node, authority, ports));
    open(node, founding, operations, new Outside(listen, forwarding.door(), strangers));
    if (config.gateway().run() == Config.Switch.ON) {
      gateway(forwarding.authority(), founding, gatewayListen, resource);
    }
    kept(Chores.start(node.store().chores(), node.id(), chores(node, strangers)));
    url = "http://" + listen;
    home.announce(url);
  }

  private <T extends AutoCloseable> T kept(T part) {
    parts.push(part);
    return part;
  }

  private static StartRefused notFounded() {
    return new StartRefused(
        "not-founded", "the ledger of this data folder was never founded", "run `writ init`");
  }

  /** People sign in without proof in the first form, which a production ledger must not allow. */
  private void requireModeAllows(Fact.LedgerFounded founding) {
    if (founding.mode() == Fact.Mode.PRODUCTION
        && config.session().development() == Config.Switch.ON) {
      throw new StartRefused(
          "development-sign-in",
          "a production ledger refuses development sign-in, and it is switched on",
          "set session.development to off; people then cannot sign in yet (docs/limits.md)");
    }
  }

  private void requireIssuer(Fact.LedgerFounded founding) {
    Optional<URI> wanted = config.http().url();
    if (wanted.isPresent() && !wanted.get().toString().equals(founding.issuer())) {
      throw new StartRefused(
          "issuer-fixed",
          "the ledger's issuer is `" + founding.issuer() + "`, and http.url says another",
          "leave http.url out, or found another ledger");
    }
  }

  private Operations operations(Node node, Fact.LedgerFounded founding, URI resource) {
    Payloads payloads = node.keys().payloads(node.store().archive());
    Library library = new Library(node.store().archive(), payloads, new RecentMemo());
    return new Operations(
        new Operations.Ports(
            node.pen(),
            library,
            payloads,
            node.keys().tokenSigner(founding.issuer()),
            node.keys(),
            node.keys().handover(node.home().masterKeys()),
            new Audiences(resource.toString(), List.of()),
            new CedarValidation(),
            ports.entropy(),
            ports.clock()),
        Drafters.of(config.drafting()));
  }

  /** What the node has towards the outside besides its operations. */
  private record Outside(Address listen, PeerDoor peers, StrangerCounts strangers) {}

  private void open(
      Node node, Fact.LedgerFounded founding, Operations operations, Outside outside) {
    Address listen = outside.listen();
    StrangerCounts strangers = outside.strangers();
    Sessions sessions = new Sessions(ports.entropy(), ports.clock(), config.session().life());
    SessionResource.Development development =
        switch (config.session().development()) {
          case ON -> SessionResource.Development.ON;
          case OFF -> SessionResource.Development.OFF;
        };
    ServedLog log = new ServedLog(node, config.witnesses(), ports.nanos());
    ApiDoor api =
        operations.api(
            sessions,
            development,
            new Operations.Evidence(
                log.pages(),
                log.witnesses()::status,
                node.store().archive(),
                node.store().archive(),
                node.store().archive()));
    DraftingDoor chat =
        operations.chat(
            sessions,
            new DraftingDoor.Edge(strangers, URI.create(founding.issuer()), ports.nanos()));
    OauthDoor.Parts under = new OauthDoor.Parts(node.keys(), node.pen(), strangers, ports.clock());
    OauthDoor oauth = new OauthDoor(founding.issuer(), under, operations.oauth());
    KeyHandover handover = node.keys().handover(node.home().masterKeys());
    JoinDoor join = new JoinDoor(new JoinNode(node.pen(), handover), handover, strangers);
    Listening listening =
        new Listening(
            listen.host(),
            listen.port(),
            URI.create(founding.issuer()),
            ApiDoor.LONGEST_BODY,
            BODY_PATIENCE);
    try {
      kept(
          HttpServer.start(
              listening,
              List.of(api, chat, oauth, outside.peers(), join),
              strangers,
              ports.entropy()));
    } catch (ListenRefused e) {
      throw new StartRefused(
          "port-in-use",
          String.valueOf(e.getMessage()),
          "name another address with --listen HOST:PORT",
          e);
    }
    kept(log.witnesses()).start();
  }

  /** The gateway holds no keys and no database: a process of its own, that asks us. */
  private void gateway(
      Authority authority, Fact.LedgerFounded founding, Address listen, URI resource) {
    String secret = HexFormat.of().formatHex(ports.entropy().bytes(32));
    WebServer door =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .shutdownHook(false)
            .routing(r -> r.register(new AuthorityDoor(authority, secret)))
            .build()
            .start();
    parts.push(door::stop);
    GatewaySettings settings =
        new GatewaySettings(
            listen.host(), listen.port(), resource, List.of(founding.issuer()), List.of());
    GatewayOrder order =
        new GatewayOrder(
            settings,
            founding.issuer(),
            URI.create("http://" + config.http().listen().host() + ":" + httpPort() + "/jwks"),
            URI.create("http://" + LOOPBACK + ":" + door.port()),
            secret,
            config.gateway().upstreams());
    try {
      kept(GatewayKeeper.start(order));
      gateway = Optional.of(resource.toString());
    } catch (IOException e) {
      throw new StartRefused(
          "gateway-died",
          String.valueOf(e.getMessage()),
          "name another address with --gateway-listen HOST:PORT, or --gateway-run off",
          e);
    }
  }

  private int httpPort() {
    return parts.stream()
        .filter(HttpServer.class::isInstance)
        .map(HttpServer.class::cast)
        .findFirst()
        .orElseThrow()
        .port();
  }

  private List<Chores.Chore> chores(Node node, StrangerCounts strangers) {
    EndOverdue endings =
        new EndOverdue(node.pen(), ports.clock(), node.id(), config.gateway().longestCall());
    CountStrangers counting = new CountStrangers(node.pen(), node.id());
    WrappingChore wrapping =
        new WrappingChore(
            node.keys(),
            node.keys().payloads(node.store().archive()),
            node.store().archive(),
            ports.nanos());
    SnapshotChore snapshots =
        new SnapshotChore(
            node.pen(),
            () -> node.pen().publication().standing(),
            new SnapshotChore.Place(
                node.store().archive(), node.id(), config.chores().snapshotEntries()));
    return List.of(
        new Chores.Chore("wrapping", Chores.Kind.OWN, WRAPPING, wrapping::run),
        new Chores.Chore("snapshots", Chores.Kind.SHARED, SNAPSHOTS, snapshots::run),
        new Chores.Chore(
            "endings", Chores.Kind.SHARED, config.chores().endings(), () -> endings.run() > 0),
        new Chores.Chore(
            "projection",
            Chores.Kind.SHARED,
            config.chores().projection(),
            () ->
                node.store().projection().step(node.pen().publication().size())
                    < node.pen().publication().size()),
        new Chores.Chore(
            "strangers", Chores.Kind.OWN, STRANGERS, () -> count(counting, strangers)));
  }

  private static boolean count(CountStrangers counting, StrangerCounts strangers) {
    List<Fact.StrangersRefused> counts = strangers.take();
    boolean written = false;
    try {
      counting.run(counts);
      written = true;
    } finally {
      if (!written) {
        strangers.putBack(counts);
      }
    }
    return false;
  }

  /** Where the API listens. */
  public String url() {
    return url;
  }

  /** The gateway's resource identifier, when one runs. */
  public Optional<String> gateway() {
    return gateway;
  }

  /** Where the database is. */
  public String database() {
    return database;
  }

  /** Who computes signatures. */
  public String signing() {
    return signing;
  }

  /** The ledger as it was when the server started. */
  public State ledger() {
    return founded;
  }

  /** Stops in the reverse order; requests under way are given their time. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(Serving.class).warn("stopping: {}", e.toString());
      }
    }
  }
}
