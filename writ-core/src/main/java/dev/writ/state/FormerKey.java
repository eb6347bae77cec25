package dev.writ.state;

import dev.writ.fact.Fact;
import java.time.Instant;

/**
 * A key of Writ's own that signs no more.
 *
 * @param replaced when another one took its place
 */
public record FormerKey(Fact.PublicKey key, Instant replaced) {}
