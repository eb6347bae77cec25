package dev.writ.server.api;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.MerkleProof;
import dev.writ.audit.Note;
import dev.writ.audit.Receipt;
import dev.writ.audit.TileNodes;
import dev.writ.audit.TilePath;
import dev.writ.audit.VerifierKey;
import dev.writ.fact.Fact;
import dev.writ.ledger.Ledger;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.state.State;
import java.util.Optional;

/**
 * The public log (C2SP tlog-tiles): checkpoint, key and hash tiles for everybody, entry bundles and
 * receipts' entries for the auditor's duty alone.
 */
public final class LogResource implements Resource {
  private static final String BYTES = "application/octet-stream";
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final String PREFIX = "/ledger/";

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
        .get("/ledger/key.vkey", this::key)
        .get("/ledger/tile/{+path}", this::tile)
        .get("/v1/receipts/{position}", this::receipt);
  }

  private Answer checkpoint(Asked asked) {
    return pages
        .checkpoint()
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
    long size = Checkpoint.parse(note.text()).orThrow().size();
    if (position >= size) {
      throw absent();
    }
    TileNodes nodes = new TileNodes(pages, size);
    Receipt receipt = new Receipt(position, MerkleProof.inclusion(nodes, position, size), note);
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
