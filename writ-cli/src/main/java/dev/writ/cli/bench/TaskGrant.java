package dev.writ.cli.bench;

import dev.writ.base.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one task's own words cover: the tools that its draft grants, a writing one only at targets
 * that the prompt names. A call beside it is a step-up.
 */
record TaskGrant(ToolCatalogue.Drafted drafted, NamedTargets targets, Reads reads) {
  /** How reads are treated. */
  enum Reads {
    /** A read too needs a grant that the prompt entails. */
    GRANTED,
    /** A read within the suite's data needs none. */
    FREE
  }

  /** A call of a tool. */
  record Call(ToolSpec tool, Json.Obj arguments) {}

  /** How many of the calls a person would be asked about. */
  int stepUps(List<Call> calls) {
    return (int) calls.stream().filter(c -> !covers(c)).count();
  }

  /** Whether none of the calls is of a tool that the prompt forbids: asking would not help. */
  boolean possible(List<Call> calls) {
    return calls.stream().noneMatch(c -> drafted.excluded().contains(c.tool()));
  }

  /** Whether the call may be made without asking anybody. */
  boolean covers(Call call) {
    ToolSpec tool = call.tool();
    if (drafted.excluded().contains(tool)) {
      return false;
    }
    boolean granted = drafted.granted().contains(tool);
    if (tool.reads()) {
      return granted || reads == Reads.FREE;
    }
    return granted
        && tool.parameters().stream()
            .filter(ToolSpec.Parameter::reaches)
            .allMatch(p -> absent(call, p) || named(call.arguments().members(), p));
  }

  private static boolean absent(Call call, ToolSpec.Parameter parameter) {
    Optional<Json> value = call.arguments().get(parameter.name());
    return value.isEmpty() || value.get() instanceof Json.Null;
  }

  private boolean named(Map<String, Json> arguments, ToolSpec.Parameter parameter) {
    Json value = arguments.get(parameter.name());
    return value == null || named(value, parameter);
  }

  /** Whether the prompt names every value that stands anywhere in an argument. */
  private boolean named(Json value, ToolSpec.Parameter parameter) {
    return switch (value) {
      case Json.Str(String text) -> targets.name(text, parameter);
      case Json.Int(long number) -> targets.name(Long.toString(number), parameter);
      case Json.Real(double number) -> targets.name(Double.toString(number), parameter);
      case Json.Arr(List<Json> items) -> items.stream().allMatch(i -> named(i, parameter));
      case Json.Obj(Map<String, Json> members) ->
          members.values().stream().allMatch(m -> named(m, parameter));
      case Json.Bool(boolean b) -> true;
      case Json.Null() -> true;
    };
  }
}
