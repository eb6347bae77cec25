package dev.writ.ledger;

import java.time.Duration;

/**
 * The pen's limits.
 *
 * @param batchCommands most commands of one batch
 * @param batchFacts a batch takes no further command beyond so many facts
 * @param batchBytes nor beyond so many bytes of entries and attachments
 * @param laneFacts nor does a workflow that wrote so many facts in this batch, while others wait
 * @param queued most commands waiting; revocations have as many places of their own
 * @param queuedEach most commands of one workflow waiting
 * @param chunk most entries of one read; a node further behind than this catches up without the
 *     lock
 * @param followEvery how often an idle node looks at the head
 * @param ruleBudget longest run of one rule
 * @param behindHead how far the database's clock may be behind the head
 * @param apart how far the database's clock and the node's own may be apart
 * @param firstBackoff wait after a fault; it doubles
 * @param longestBackoff until here
 */
public record PenLimits(
    int batchCommands,
    int batchFacts,
    long batchBytes,
    int laneFacts,
    int queued,
    int queuedEach,
    int chunk,
    Duration followEvery,
    Duration ruleBudget,
    Duration behindHead,
    Duration apart,
    Duration firstBackoff,
    Duration longestBackoff) {
  /** The limits of a server. */
  public static PenLimits standard() {
    return new PenLimits(
        2_048,
        8_192,
        32L << 20,
        2_048,
        16_384,
        8_192,
        4_096,
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofMillis(5),
        Duration.ofMillis(500));
  }

  /** The same limits with another batch cap. */
  public PenLimits batches(int commands) {
    return new PenLimits(
        commands,
        batchFacts,
        batchBytes,
        laneFacts,
        queued,
        queuedEach,
        chunk,
        followEvery,
        ruleBudget,
        behindHead,
        apart,
        firstBackoff,
        longestBackoff);
  }

  /** The same limits with another queue. */
  public PenLimits queue(int all, int each) {
    return new PenLimits(
        batchCommands,
        batchFacts,
        batchBytes,
        laneFacts,
        all,
        each,
        chunk,
        followEvery,
        ruleBudget,
        behindHead,
        apart,
        firstBackoff,
        longestBackoff);
  }

  /** The same limits with another chunk. */
  public PenLimits chunks(int entries) {
    return new PenLimits(
        batchCommands,
        batchFacts,
        batchBytes,
        laneFacts,
        queued,
        queuedEach,
        entries,
        followEvery,
        ruleBudget,
        behindHead,
        apart,
        firstBackoff,
        longestBackoff);
  }
}
