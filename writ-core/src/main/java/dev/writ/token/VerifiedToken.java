package dev.writ.token;

import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import java.time.Instant;
import java.util.Optional;

/**
 * A token whose signature, type, issuer, audience and times were found right. A signature is
 * necessary, never sufficient: whether the token is live is asked of the state.
 *
 * @param client the workload that holds it
 * @param thumbprint the key it is bound to
 */
public record VerifiedToken(
    TokenId id,
    TaskId task,
    String client,
    String audience,
    Instant until,
    Optional<String> thumbprint) {}
