package dev.writ.server.gateway;

import dev.writ.base.Json;
import dev.writ.server.gateway.TokenCheck.Caller;
import dev.writ.server.mcp.McpTools;
import java.time.Duration;
import java.util.List;

/** The reviewed tools of the caller's writ, every call decided by the authority. */
final class GatewayTools implements McpTools<Caller> {
  private static final String INSTRUCTIONS =
      "Every tool call is decided by policy and recorded. A refusal carries its reason and what to"
          + " do next in the error's data; repeating a refused call does not help.";

  private final Authority authority;
  private final ToolCalls calls;

  GatewayTools(Authority authority, ToolCalls calls) {
    this.authority = authority;
    this.calls = calls;
  }

  @Override
  public String name() {
    return "writ-gateway";
  }

  @Override
  public String instructions() {
    return INSTRUCTIONS;
  }

  @Override
  public String owner(Caller caller) {
    return caller.task() + " " + caller.workload();
  }

  @Override
  public Listed list(Caller caller) {
    return switch (authority.tools(caller.task(), caller.token())) {
      case ToolsSeen.Refused(String reason, String message) -> new Listed.Dead(message);
      case ToolsSeen.Listed(List<ToolsSeen.Tool> tools) ->
          new Listed.Tools(tools.stream().map(ToolsSeen.Tool::toJson).toList());
    };
  }

  @Override
  public Called call(Caller caller, Call call) {
    CallQuestion question =
        new CallQuestion(caller.token(), caller.task(), call.tool(), call.arguments(), call.key());
    return switch (calls.call(question, caller.workload())) {
      case ToolCalls.Called.Result(Json.Obj result) -> new Called.Result(result);
      case ToolCalls.Called.NoResult(CallRefusal.Unavailable why) ->
          new Called.NotNow(why.reply(call.id()), Duration.ofSeconds(1));
      case ToolCalls.Called.NoResult(CallRefusal why) -> new Called.Refused(why.reply(call.id()));
      case ToolCalls.Called.TokenRefused(Decided.Refused why) -> new Called.Dead(why.message());
    };
  }

  @Override
  public Json.Obj unavailable(Json id, String why) {
    return new CallRefusal.Unavailable(why).reply(id);
  }
}
