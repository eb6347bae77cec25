/**
 * Evidence made of bytes: Merkle tree, tiles, signed notes, proofs and their verification; it never
 * knows what an entry means.
 */
@NullMarked
package dev.writ.audit;

import org.jspecify.annotations.NullMarked;
