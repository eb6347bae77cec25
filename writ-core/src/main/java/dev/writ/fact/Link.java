package dev.writ.fact;

import dev.writ.base.Digest;

/**
 * Names an entry of the log.
 *
 * @param position its index, from 0
 * @param leaf its RFC 6962 leaf hash
 */
public record Link(long position, Digest leaf) {}
