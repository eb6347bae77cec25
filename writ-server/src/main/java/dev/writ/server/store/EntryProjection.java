package dev.writ.server.store;

import dev.writ.base.Parsed;
import dev.writ.base.TaskId;
import dev.writ.base.WorkflowId;
import dev.writ.fact.Entry;
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.LedgerStore.StoreFault;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which entries are about what, for lists and searches: a projection that a chore derives from the
 * log, some entries behind it. Never evidence by itself: who shows an answer as evidence reads the
 * entries and asks {@link #matches}.
 */
public final class EntryProjection {
  /** Most entries of one step. */
  public static final int MOST_A_STEP = 2_000;

  /** Most positions of one page. */
  public static final int MOST_A_PAGE = 1_000;

  private final Connections connections;

  EntryProjection(Connections connections) {
    this.connections = connections;
  }

  /** What entries are searched by. */
  public sealed interface Of {
    /** Nothing: every entry. */
    record Everything() implements Of {}

    /** Facts of this name. */
    record Type(String name) implements Of {}

    /** Facts about this workflow. */
    record Workflow(WorkflowId id) implements Of {}

    /** Facts about this task. */
    record Task(TaskId id) implements Of {}

    /** What this person, workload or node did. */
    record Actor(String id) implements Of {}
  }

  /**
   * A page of an answer, newest first.
   *
   * @param before only positions below this one; the last of the page before, or a large number
   * @param limit 1 to {@link #MOST_A_PAGE}
   */
  public record Page(Of of, long before, int limit) {
    public Page {
      if (limit < 1 || limit > MOST_A_PAGE) {
        throw new IllegalArgumentException("a page has 1 to " + MOST_A_PAGE + " positions");
      }
    }

    /** The newest. */
    public static Page newest(Of of, int limit) {
      return new Page(of, Long.MAX_VALUE, limit);
    }
  }

  /**
   * One bounded step of the chore: reads on from where the projection stands, never past the first
   * {@code size} entries, which the caller has folded under a sealed head. Several nodes may step
   * at once; each entry is projected once.
   *
   * @return the first position not projected yet; {@code size} when there is nothing left
   */
  public long step(long size) {
    return connections.writing(
        "projecting entries",
        c -> {
          long next = ProjectionRows.lockNext(c);
          int limit = (int) Math.min(MOST_A_STEP, size - next);
          if (limit <= 0) {
            return next;
          }
          List<RecordedFact> facts = new ArrayList<>();
          for (byte[] bytes : LedgerRows.read(c, next, limit)) {
            facts.add(parse(bytes, next + facts.size()));
          }
          ProjectionRows.add(c, facts);
          ProjectionRows.advance(c, next + facts.size());
          return next + facts.size();
        });
  }

  private static RecordedFact parse(byte[] bytes, long position) {
    return switch (Entry.parse(bytes)) {
      case Parsed.Ok<Entry>(Entry entry) when entry.position() == position -> entry.recorded();
      case Parsed.Ok<Entry>(Entry entry) ->
          throw broken("entry " + position + " says it is entry " + entry.position());
      case Parsed.Refused<Entry>(var problems) ->
          throw broken("entry " + position + " does not parse: " + problems);
    };
  }

  private static StoreFault broken(String what) {
    return new StoreFault(what, false, new SQLException());
  }

  /** The first position that is not projected yet. */
  public long next() {
    return connections.reading("reading the projection's progress", ProjectionRows::next);
  }

  /** Positions of what is asked for, newest first. */
  public List<Long> find(Page page) {
    return connections.reading("searching entries", c -> ProjectionRows.find(c, page));
  }

  /** The first position decided at this time or later; {@link #next} when there is none yet. */
  public long firstSince(Instant at) {
    return connections.reading("searching entries", c -> ProjectionRows.firstSince(c, at));
  }

  /** Whether the index columns stored for this fact are the ones derived from it. */
  public boolean matches(RecordedFact fact) {
    return connections.reading("checking an entry", c -> ProjectionRows.matches(c, fact));
  }
}
