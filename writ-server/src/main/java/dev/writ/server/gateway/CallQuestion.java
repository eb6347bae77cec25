package dev.writ.server.gateway;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;

/**
 * A tool call that wants a decision.
 *
 * @param token the verified token's id; whether it is live is for the authority to say
 * @param task the task the token names
 * @param tool the tool as the agent names it, at most 128 characters
 * @param arguments within {@link Json.Bounds#REQUEST}
 * @param callerKey digest of session and JSON-RPC id; the same for a repeat, never for another call
 */
public record CallQuestion(
    TokenId token, TaskId task, String tool, Json.Obj arguments, Digest callerKey) {}
