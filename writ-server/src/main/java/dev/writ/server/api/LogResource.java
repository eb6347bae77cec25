package dev.writ.server.api;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.MerkleProof;
import dev.writ.audit.Note;
import dev.writ.audit.Receipt;
import dev.writ.audit.TileNodes;
import dev.writ.audit.TilePath;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Digest;
import dev.writ.fact.Fact;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.LedgerFault;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.state.State;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public log (C2SP tlog-tiles): checkpoint, key and hash tiles for everybody, entry bundles and
 * receipts' entries for the auditor's duty alone.
 */
public final class LogResource implements Resource {
  private static final String BYTES = "application/octet-stream";
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final String PREFIX = "/ledger/";

  private static final Logger LOG = LoggerFactory.getLogger(LogResource.class);

  private final Ledger ledger;
  private final LogPages pages;
  private final People people;

  public LogResource(Ledger ledger, LogPages pages, People people) {
    this.ledger = ledger;
    this.pages = pages;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/ledger/checkpoint", this::checkpoint)
        .get("/ledger/witnessed", this::witnessed)
        .get("/ledger/key.vkey", this::key)
        .get("/ledger/tile/{+path}", this::tile)
        .get("/v1/receipts/{position}", this::receipt);
  }

  private Answer checkpoint(Asked asked) {
    return note(pages.checkpoint());
  }

  private Answer witnessed(Asked asked) {
    return note(pages.witnessed());
  }

  private static Answer note(Optional<byte[]> found) {
    return found
        .map(note ->
            Answer.bytes(200, "text/plain; charset=utf-8", note).with("Cache-Control", "no-cache"))
        .orElseThrow(LogResource::absent);
  }

  private Answer key(Asked asked) {
    State state = ledger.published();
    return Optional.ofNullable(state.government().keys().get(Fact.KeyUse.LOG))
        .flatMap(key -> VerifierKey.parse(key.text()).found())
        .map(key -> Answer.text(200, key.named(state.log().origin()) + "\n"))
        .orElseThrow(LogResource::absent);
  }

  private Answer tile(Asked asked) {
    String path = asked.path();
    TilePath tile =
        path.startsWith(PREFIX)
            ? TilePath.parse(path.substring(PREFIX.length()))
                .found()
                .orElseThrow(LogResource::absent)
            : refuse();
    return switch (tile) {
      case TilePath.Hashes hashes -> immutable(hashes);
      case TilePath.Entries entries -> {
        String person = people.of(asked);
        yield ledger.published().government().holds(person, Fact.Duty.AUDITOR)
            ? Answer.bytes(200, BYTES, pages.read(entries).orElseThrow(LogResource::absent))
            : ProblemDialect.answer(new Refusal.DutyMissing(Fact.Duty.AUDITOR));
      }
    };
  }

  private Answer immutable(TilePath.Hashes path) {
    return Answer.bytes(200, BYTES, pages.read(path).orElseThrow(LogResource::absent))
        .with("Cache-Control", IMMUTABLE);
  }

  private Answer receipt(Asked asked) {
    long position = position(asked.pathParameter("position"));
    Note note =
        pages
            .checkpoint()
            .flatMap(bytes -> Note.parse(bytes).found())
            .orElseThrow(LogResource::absent);
    MerkleProof.Tree tree = Checkpoint.parse(note.text()).orThrow().tree();
    if (position >= tree.size()) {
      throw absent();
    }
    TileNodes nodes = new TileNodes(pages, tree.size());
    List<Digest> proof = MerkleProof.inclusion(nodes, position, tree.size());
    MerkleProof.Leaf leaf = new MerkleProof.Leaf(position, nodes.node(0, position));
    if (!MerkleProof.verifyInclusion(leaf, tree, proof)) {
      // A receipt that does not hold would accuse a log that is right.
      LOG.error("stored hashes of entry {} do not lead to the root; run `writ doctor`", position);
      throw new LedgerFault.Unavailable("stored hashes do not lead to the checkpoint's root");
    }
    Receipt receipt = new Receipt(position, proof, note);
    return Answer.bytes(200, "text/plain; charset=utf-8", receipt.bytes());
  }

  private static long position(String text) {
    if (text.isEmpty() || text.length() > 15 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw absent();
    }
    return Long.parseLong(text);
  }

  private static TilePath refuse() {
    throw absent();
  }

  private static Refused absent() {
    return new Refused(new HttpRefusal.NoSuchPath());
  }
}
