package dev.writ.ledger;

import dev.writ.base.Entropy;
import java.time.InstantSource;

/**
 * All that varies around a pen.
 *
 * @param store the database
 * @param seal seals heads with the nodes' key
 * @param signer signs checkpoints with the log key
 * @param acknowledged the node's own file
 * @param snapshots where snapshots' bytes are
 * @param clock the node's clock, compared with the database's
 * @param nanos measures patience and backoff
 * @param entropy draws batch ids
 * @param watch hears what happens
 */
public record PenPorts(
    LedgerStore store,
    HeadSeal seal,
    CheckpointSigner signer,
    Acknowledged acknowledged,
    Snapshots snapshots,
    InstantSource clock,
    MonotonicClock nanos,
    Entropy entropy,
    PenWatch watch) {}
