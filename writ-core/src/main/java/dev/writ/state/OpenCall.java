package dev.writ.state;

import dev.writ.base.CallId;
import dev.writ.base.TokenId;
import java.time.Instant;

/** A call that was allowed and has no outcome yet. */
public record OpenCall(CallId id, TokenId token, String tool, Instant decided, Instant sendUntil) {}
