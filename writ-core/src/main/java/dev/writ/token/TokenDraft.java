package dev.writ.token;

import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WritId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a task token will say, before it is signed: a JWT access token (RFC 9068) whose {@code jti}
 * is the id and whose {@code txn} is the task.
 *
 * @param id {@code jti}
 * @param task {@code txn}
 * @param writ the writ, in {@code authorization_details}
 * @param requester the person for whom the task runs, in {@code authorization_details}
 * @param subject {@code sub}: the workload that opened the task
 * @param client {@code client_id}: the workload that holds this token
 * @param actors {@code act} (RFC 8693, section 4.1), current actor first; empty for a task's first
 *     token
 * @param audience {@code aud}
 * @param issued {@code iat}
 * @param until {@code exp}
 * @param scope the {@code permissions} of {@code authorization_details} (RFC 9396)
 * @param thumbprint {@code cnf.jkt} (RFC 9449), when the token is bound to a key
 */
public record TokenDraft(
    TokenId id,
    TaskId task,
    WritId writ,
    String requester,
    String subject,
    String client,
    List<String> actors,
    String audience,
    Instant issued,
    Instant until,
    Scope scope,
    Optional<String> thumbprint) {
  /** Longest life of a token. */
  public static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  public TokenDraft {
    actors = List.copyOf(actors);
  }
}
