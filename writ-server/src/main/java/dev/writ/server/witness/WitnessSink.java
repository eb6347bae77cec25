package dev.writ.server.witness;

import dev.writ.audit.MerkleProof;
import dev.writ.audit.Note;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.WitnessReply;
import dev.writ.audit.WitnessRequest;
import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One witness, told of every checkpoint over HTTP (C2SP tlog-witness v1.0.0). Remembers the size
 * that the witness acknowledged last and learns it anew after a restart, because the witness says
 * so. One submission at a time; others wait.
 */
public final class WitnessSink {
  /** A submission that takes longer is given up. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** The first try, and one from the size that the witness named. */
  private static final int TRIES = 2;

  private final URI addCheckpoint;
  private final NoteVerifier witness;
  private final HttpClient client;
  private final Duration wait;
  private long acknowledged;

  /**
   * A witness at this submission prefix with this key. The client decides where connections may go;
   * it must not follow redirects.
   */
  public WitnessSink(URI prefix, NoteVerifier witness, HttpClient client) {
    this(prefix, witness, client, LONGEST_WAIT);
  }

  WitnessSink(URI prefix, NoteVerifier witness, HttpClient client, Duration wait) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("a witness is asked where it is configured, nowhere else");
    }
    String text = prefix.toString();
    this.addCheckpoint = URI.create(text + (text.endsWith("/") ? "" : "/") + "add-checkpoint");
    this.witness = witness;
    this.client = client;
    this.wait = wait;
  }

  /** What came of a submission. */
  public sealed interface Outcome {
    /** The witness cosigned; the note holds its verified cosignature too. */
    record Cosigned(Note checkpoint) implements Outcome {}

    /**
     * The witness has cosigned a larger tree of this log than the one submitted. When this is the
     * newest checkpoint there is, the ledger went back: it was rolled back or forked.
     */
    record WentBack(long witnessed) implements Outcome {}

    /** The witness has seen another history. Both checkpoints are proof of a rewritten ledger. */
    record OtherHistory(long witnessed) implements Outcome {}

    /**
     * The tree's own stored hashes do not lead to the checkpoint, so nothing was sent: a proof made
     * of them would accuse a history that is right.
     */
    record OwnTreeBroken() implements Outcome {}

    /** The witness does not take this log's checkpoints, or answers what no witness answers. */
    record Refused(String why) implements Outcome {}

    /** No answer in time; nothing is known of what the witness did. Submit again later. */
    record Unreachable(String why) implements Outcome {}
  }

  /** Size of the tree that the witness acknowledged last, as far as this process knows. */
  public synchronized long acknowledged() {
    return acknowledged;
  }

  /**
   * Submits a checkpoint.
   *
   * @param nodes the tree of that checkpoint, from which the consistency proof is made
   */
  public synchronized Outcome submit(SignedCheckpoint signed, MerkleProof.Nodes nodes) {
    long size = signed.checkpoint().size();
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      long old = acknowledged;
      if (old > size) {
        return new Outcome.WentBack(old);
      }
      List<Digest> proof = MerkleProof.consistency(nodes, old, size);
      if (!holds(nodes, old, signed.checkpoint().tree(), proof)) {
        return new Outcome.OwnTreeBroken();
      }
      WitnessRequest request = new WitnessRequest(old, proof, signed.note());
      WitnessReply reply;
      try {
        reply = ask(request);
      } catch (IOException e) {
        return new Outcome.Unreachable(String.valueOf(e.getMessage()));
      }
      if (reply instanceof WitnessReply.OldSizeIs(long named) && named != old) {
        acknowledged = named;
      } else {
        return outcome(reply, signed, old);
      }
    }
    return acknowledged > size
        ? new Outcome.WentBack(acknowledged)
        : new Outcome.Unreachable("the witness named another size at each try");
  }

  private static boolean holds(
      MerkleProof.Nodes nodes, long old, MerkleProof.Tree tree, List<Digest> proof) {
    return MerkleProof.root(nodes, tree.size()).equals(tree.root())
        && (old == 0
            || MerkleProof.verifyConsistency(
                new MerkleProof.Tree(old, MerkleProof.root(nodes, old)), tree, proof));
  }

  private Outcome outcome(WitnessReply reply, SignedCheckpoint signed, long old) {
    return switch (reply) {
      case WitnessReply.Cosigned cosigned -> cosigned(cosigned, signed);
      case WitnessReply.OldSizeIs(long named) -> new Outcome.OtherHistory(named);
      case WitnessReply.AnotherRoot() -> new Outcome.OtherHistory(old);
      case WitnessReply.Inconsistent() -> new Outcome.OtherHistory(old);
      case WitnessReply.UnknownLog() -> new Outcome.Refused("the witness does not know this log");
      case WitnessReply.UntrustedSignature() ->
          new Outcome.Refused("the witness knows this log by another key");
      case WitnessReply.BadRequest() -> new Outcome.Refused("the witness calls the request bad");
      case WitnessReply.Unexpected(String why) -> new Outcome.Refused(why);
    };
  }

  private Outcome cosigned(WitnessReply.Cosigned cosigned, SignedCheckpoint signed) {
    return switch (cosigned.cosign(signed.note(), witness)) {
      case Parsed.Ok<Note>(Note note) -> {
        acknowledged = signed.checkpoint().size();
        yield new Outcome.Cosigned(note);
      }
      case Parsed.Refused<Note>(List<Problem> problems) ->
          new Outcome.Refused("the witness's answer: " + problems.getFirst().what());
    };
  }

  private WitnessReply ask(WitnessRequest request) throws IOException {
    HttpRequest post =
        HttpRequest.newBuilder(addCheckpoint)
            .header("Content-Type", "text/plain; charset=utf-8")
            .timeout(wait)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()))
            .build();
    // The request's own timeout ends with the headers; the whole answer has to arrive in time.
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            post,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), WitnessReply.LONGEST));
    try {
      HttpResponse<byte[]> response = answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      Optional<String> type = response.headers().firstValue("Content-Type");
      return WitnessReply.of(response.statusCode(), type.orElse(""), response.body());
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no answer within " + wait.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting", e);
    }
  }
}
