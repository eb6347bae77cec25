/**
 * Takes checkpoints to witnesses, places the ledger's operators do not control, and brings their
 * cosignatures back.
 */
@NullMarked
package dev.writ.server.witness;

import org.jspecify.annotations.NullMarked;
