package dev.writ.fact;

import dev.writ.base.Digest;
import dev.writ.base.PayloadId;

/**
 * Names a sealed payload.
 *
 * @param id where it is stored
 * @param commitment SHA-256 of a 32-byte salt and the plain bytes; the salt is sealed with them, so
 *     the digest tells nothing once payload and key are erased
 */
public record PayloadRef(PayloadId id, Digest commitment) {}
