package dev.writ.server.upstream;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.util.Optional;

/** Reads a tool server's JSON-RPC messages. */
final class Answers {
  private Answers() {}

  /** What a message means to somebody who waits for the answer to request {@code id}. */
  sealed interface Message {
    /** The answer. */
    record Answer(UpstreamAnswer answer) implements Message {}

    /** A request of the server's that wants a reply. */
    record Asks(Json id, String method) implements Message {}

    /** Nothing that needs anything. */
    record Aside() implements Message {}
  }

  /** Reads one message. */
  static Message read(byte[] bytes, long id) throws UpstreamFault {
    return switch (Json.parseObject(bytes, Mcp.ANSWER)) {
      case Parsed.Refused<Json.Obj>(var problems) ->
          throw malformed("the answer is not JSON-RPC: " + problems.getFirst().what());
      case Parsed.Ok<Json.Obj>(Json.Obj message) -> read(message, id);
    };
  }

  private static Message read(Json.Obj message, long id) throws UpstreamFault {
    if (!message.text("jsonrpc").equals(Optional.of("2.0"))) {
      throw malformed("the answer is not JSON-RPC 2.0");
    }
    Optional<String> method = message.text("method");
    Optional<Json> theirs = message.get("id");
    if (method.isPresent()) {
      return theirs.isPresent()
          ? new Message.Asks(theirs.get(), method.get())
          : new Message.Aside();
    }
    if (!theirs.equals(Optional.of(Json.of(id)))) {
      throw malformed("the answer belongs to no request of ours");
    }
    Optional<Json> result = message.get("result");
    Optional<Json> error = message.get("error");
    if (result.isPresent() == error.isPresent()) {
      throw malformed("the answer has not exactly one of `result` and `error`");
    }
    return new Message.Answer(
        error.isPresent() ? failed(error.get()) : returned(result.orElseThrow()));
  }

  private static UpstreamAnswer returned(Json result) throws UpstreamFault {
    if (!(result instanceof Json.Obj obj)) {
      throw malformed("the answer's `result` is not an object");
    }
    Optional<Json> isError = obj.get("isError");
    if (isError.isPresent() && !(isError.get() instanceof Json.Bool)) {
      throw malformed("the answer's `isError` is neither true nor false");
    }
    return new UpstreamAnswer.Returned(obj);
  }

  private static UpstreamAnswer failed(Json error) throws UpstreamFault {
    if (!(error instanceof Json.Obj obj) || obj.integer("code").isEmpty()) {
      throw malformed("the answer's `error` has no code");
    }
    String message = Text.excerpt(obj.text("message").orElse(""));
    return new UpstreamAnswer.Failed(
        "upstream-error", "the tool server answered error " + code(obj) + ": " + message);
  }

  private static long code(Json.Obj error) {
    return error.integer("code").orElse(0L);
  }

  static UpstreamFault malformed(String detail) {
    return UpstreamFault.answered("malformed-answer", detail);
  }

  static UpstreamFault oversize() {
    return UpstreamFault.answered(
        "oversize-answer", "the answer is longer than " + Mcp.ANSWER.bytes() + " bytes");
  }
}
