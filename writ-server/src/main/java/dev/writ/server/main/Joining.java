package dev.writ.server.main;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.fact.Fact;
import dev.writ.server.config.Address;
import dev.writ.server.config.Config;
import dev.writ.server.keys.KeyHandover;
import dev.writ.server.keys.KeyTaking;
import dev.writ.server.keys.KeysRefused;
import dev.writ.state.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Makes a data folder for one more node of a ledger that is founded, with keys from another. */
public final class Joining {
  private Joining() {}

  /**
   * @param code as {@code writ node offer} printed it
   * @param other carries what is said to the other node's door, and its answer back
   */
  public record Request(String code, UnaryOperator<Json.Obj> other) {}

  /**
   * A node that may serve.
   *
   * @param issuer the ledger's
   * @param entries how many there are
   */
  public record Joined(String data, String node, String issuer, long entries, String listen) {}

  /**
   * Joins. Throws {@link StartRefused}; when it does before the other node is asked, the code is
   * good still.
   */
  public static Joined run(Config config, Request request, Entropy entropy, InstantSource clock) {
    Node.Ports ports = new Node.Ports(entropy, clock, System::nanoTime);
    if (config.database().url().isEmpty()) {
      throw new StartRefused(
          "database-not-shared",
          "a second node needs a database that both nodes reach, and none is named",
          "name it with --database; a ledger on an embedded database has one node");
    }
    try (DataHome home = DataHome.make(config.data())) {
      if (Files.exists(home.keyFile()) || Files.exists(home.masterKeys())) {
        throw new StartRefused(
            "already-initialised",
            "`" + home.folder() + "` has keys already",
            "name a new folder with --data; they are never overwritten");
      }
      Address listen = Founding.fixed(config.http().listen(), entropy);
      Address gateway = Founding.fixed(config.gateway().listen(), entropy);
      // The database is looked at first: what is wrong there must not cost the code.
      Database.open(config.database(), home, entropy).close();
      boolean fresh = !Files.exists(home.settings());
      boolean joined = false;
      try {
        take(home, request, entropy);
        Founding.keepSettings(home, config, listen, gateway);
        Joined node = checked(config, home, ports, listen);
        joined = true;
        return node;
      } finally {
        if (!joined) {
          forget(home, fresh);
        }
      }
    }
  }

  /** Keys of a ledger this node did not get to work with are not left lying about. */
  private static void forget(DataHome home, boolean settings) {
    try {
      Files.deleteIfExists(home.keyFile());
      Files.deleteIfExists(home.masterKeys());
      if (settings) {
        Files.deleteIfExists(home.settings());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(DataHome home, Request request, Entropy entropy) {
    KeyTaking taking =
        switch (KeyTaking.with(request.code(), home.node(entropy))) {
          case Parsed.Ok<KeyTaking>(KeyTaking begun) -> begun;
          case Parsed.Refused<KeyTaking>(var problems) ->
              throw new StartRefused(
                  "join-invalid", problems.getFirst().what(), problems.getFirst().remedy());
        };
    KeyHandover.Ask ask = taking.ask();
    Json.Obj answer =
        request
            .other()
            .apply(
                Json.object()
                    .put("offer", ask.offer().value())
                    .put("node", ask.node().value())
                    .put("key", ask.key())
                    .put("proof", ask.proof())
                    .build());
    try {
      taking.keep(
          new KeyHandover.Given(answer.text("key").orElse(""), answer.text("box").orElse("")),
          home.keyFile(),
          home.masterKeys());
    } catch (KeysRefused e) {
      throw Node.refused(e);
    }
  }

  /** The keys are this ledger's: its log reads under them. */
  private static Joined checked(Config config, DataHome home, Node.Ports ports, Address listen) {
    try (Node node = Node.open(config, home, ports)) {
      State state = node.loaded();
      Fact.LedgerFounded founding =
          state
              .government()
              .founding()
              .orElseThrow(() ->
                  new StartRefused(
                      "not-founded",
                      "the database holds no ledger, so it is not the other node's",
                      "name the other node's database with --database"));
      return new Joined(
          home.folder().toString(),
          node.id().value(),
          founding.issuer(),
          state.size(),
          listen.toString());
    }
  }
}
