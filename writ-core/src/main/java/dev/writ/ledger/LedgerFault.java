package dev.writ.ledger;

import java.time.Duration;

/** The ledger cannot decide now. The edge turns it into 503 without detail. */
public abstract sealed class LedgerFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private LedgerFault(String message, Throwable cause) {
    super(message, cause);
  }

  private LedgerFault(String message) {
    super(message);
  }

  /** When to try again; zero when only an operator can help. */
  public abstract Duration retryAfter();

  /** The store cannot be reached or refuses to write: nothing is decided. */
  public static final class Unavailable extends LedgerFault {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    public Unavailable(String message) {
      super(message);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(1);
    }
  }

  /**
   * Whether the command's facts are durable is not known yet. A caller that repeats it under its
   * key learns what became of it.
   */
  public static final class Unanswered extends LedgerFault {
    private static final long serialVersionUID = 1L;

    public Unanswered(String message) {
      super(message);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(2);
    }
  }

  /** The queue is full, or the command waited past its patience and was dropped unrun. */
  public static final class Busy extends LedgerFault {
    private static final long serialVersionUID = 1L;

    public Busy(String message) {
      super(message);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(1);
    }
  }

  /** The rule threw, ran past its budget or wrote an invalid fact; it alone was dropped. */
  public static final class Poisoned extends LedgerFault {
    private static final long serialVersionUID = 1L;

    public Poisoned(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ZERO;
    }
  }

  /**
   * The stored log is not a continuation of what this node acknowledged; only an operator helps.
   */
  public static final class Forked extends LedgerFault {
    private static final long serialVersionUID = 1L;

    public Forked(String message) {
      super(message);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ZERO;
    }
  }
}
