/**
 * The pen and its port: rules become facts, in order, durable before anything happens in the world.
 */
@NullMarked
package dev.writ.ledger;

import org.jspecify.annotations.NullMarked;
