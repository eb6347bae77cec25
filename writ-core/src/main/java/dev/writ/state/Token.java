package dev.writ.state;

import dev.writ.base.TokenId;
import dev.writ.token.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * A token that was issued; live only while all its ancestors are.
 *
 * @param depth exchanges between it and the task's first token
 * @param scope what it may do, shared with its parent where not narrowed
 * @param thumbprint the key it is bound to
 */
public record Token(
    TokenId id,
    Optional<TokenId> parent,
    String workload,
    String audience,
    Instant until,
    int depth,
    Scope scope,
    Optional<String> thumbprint) {}
