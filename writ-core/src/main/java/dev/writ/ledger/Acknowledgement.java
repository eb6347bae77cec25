package dev.writ.ledger;

import dev.writ.base.Digest;

/**
 * The last checkpoint a node acknowledged: what a later log must contain.
 *
 * @param origin the checkpoint origin of the epoch
 * @param epoch the epoch's number
 * @param size how many entries
 * @param root RFC 6962 root over them
 * @param note the checkpoint as signed (C2SP signed-note)
 */
@SuppressWarnings("ArrayRecordComponent") // compared by size and root, never by the note
public record Acknowledgement(String origin, long epoch, long size, Digest root, byte[] note) {}
