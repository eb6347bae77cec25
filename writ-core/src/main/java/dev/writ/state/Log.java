package dev.writ.state;

import java.time.Instant;

/**
 * Where the fold stands.
 *
 * @param size how many entries are folded
 * @param at the last entry's time; {@link Instant#EPOCH} before the first
 * @param epoch which epoch; 0 until an operator opens another
 * @param origin the checkpoint origin of this epoch; empty before founding
 */
public record Log(long size, Instant at, long epoch, String origin) {}
