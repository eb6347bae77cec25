package dev.writ.call;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.catalogue.Agent;
import dev.writ.catalogue.Resource;
import dev.writ.catalogue.Tool;
import dev.writ.catalogue.Workload;
import dev.writ.policy.Entities;
import dev.writ.policy.Entity;
import dev.writ.policy.Request;
import dev.writ.policy.Value;
import dev.writ.spec.Spec;
import dev.writ.token.Targets;
import dev.writ.vocabulary.Things;
import dev.writ.vocabulary.Uids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One tool call as a question to policy. A pure function of the tool's mapping, the arguments and
 * the context: what is recorded of it ({@link Recorded}) is enough to ask again.
 *
 * @param mapping the action, resource and environment the call stands for
 * @param targets what it names of the resource; {@code Any} when it names nothing
 */
public record CallRequest(
    Tool.Mapping mapping, Targets targets, Request request, Entities entities) {

  /**
   * The request of a call. Refused when an argument that the mapping names is missing or of another
   * type, when the tool is not one of the writ's, or when the caller is none of its agents.
   */
  public static Parsed<CallRequest> of(Tool tool, Json.Obj arguments, CallContext context) {
    Optional<Resource> resource = context.slice().resource(tool.mapping().resource());
    if (!context.slice().tools().contains(tool) || resource.isEmpty()) {
      return Parsed.refused(
          "", "the tool `" + tool.name() + "` is not one of this workflow's", "list the tools");
    }
    Optional<Agent> caller = context.slice().agent(context.task().caller());
    if (caller.isEmpty()) {
      return Parsed.refused(
          "", "the caller is not an agent of this workflow", "use the workload the writ names");
    }
    return Arguments.map(tool, arguments)
        .map(mapped -> build(tool.mapping(), resource.get(), mapped, context));
  }

  /** What allowing the call adds to the task's counters. */
  public NavigableMap<String, Long> counts() {
    return Usage.ofOneCall(mapping.environment(), mapping.resource());
  }

  private static CallRequest build(
      Tool.Mapping mapping, Resource resource, Arguments.Mapped mapped, CallContext context) {
    Request request =
        new Request(
            Uids.workload(context.task().caller()),
            Uids.action(mapping.action()),
            Uids.resource(mapping.environment(), mapping.resource()),
            context(mapping, resource, mapped, context));
    return new CallRequest(
        mapping, targets(mapped.targets()), request, entities(mapping, resource, context));
  }

  /** An empty list names nothing, which is wider than naming one; so it counts as any. */
  private static Targets targets(Map<String, List<String>> named) {
    NavigableMap<String, NavigableSet<String>> values = new TreeMap<>();
    named.forEach((dimension, ids) -> {
      if (!ids.isEmpty()) {
        values.put(dimension, new TreeSet<>(ids));
      }
    });
    return values.isEmpty() ? new Targets.Any() : new Targets.Listed(values);
  }

  private static Value.Rec context(
      Tool.Mapping mapping, Resource resource, Arguments.Mapped mapped, CallContext context) {
    Spec spec = context.spec();
    TaskView task = context.task();
    Usage usage = Usage.of(task.used(), mapping.environment(), mapping.resource());
    Map<String, Value> out = new LinkedHashMap<>();
    out.put("stage", Value.of(spec.stage().word()));
    spec.purpose().process().ifPresent(p -> out.put("process", Value.of(p)));
    out.put("mode", Value.of(spec.identity().mode().word()));
    out.put("effect", Value.of(resource.reads(mapping.action()) ? "read" : "write"));
    out.put("tier", Value.of(context.slice().environment(mapping.environment()).tier().word()));
    out.put("now", new Value.Datetime(context.now().toEpochMilli()));
    Map<String, Value> taskValues = new LinkedHashMap<>();
    taskValues.put("requester", Uids.person(task.requester()));
    taskValues.put("initiator", Value.of(task.initiator().word()));
    taskValues.put("workload", Uids.workload(task.opener()));
    taskValues.put("delegationDepth", Value.of(task.actors().size()));
    taskValues.put("life", new Value.Duration(task.life().toMillis()));
    out.put("task", Value.record(taskValues));
    out.put(
        "delegation",
        Value.record(
            Map.of("chain", Value.setOf(task.chain().stream().map(Uids::workload).toList()))));
    Map<String, Value> targets = new LinkedHashMap<>();
    mapped.targets().forEach((dimension, ids) -> targets.put(dimension, Value.strings(ids)));
    out.put("targets", Value.record(targets));
    out.put("arguments", Value.record(mapped.values()));
    Map<String, Value> used = new LinkedHashMap<>();
    used.put("calls", Value.of(usage.calls()));
    used.put("rows", Value.of(usage.rows()));
    out.put("usage", Value.record(used));
    return Value.record(out);
  }

  private static Entities entities(Tool.Mapping mapping, Resource resource, CallContext context) {
    List<Entity> out = new ArrayList<>();
    out.addAll(Things.workflow(context.workflow(), context.spec().name()));
    for (Workload workload : context.task().chain()) {
      context
          .slice()
          .agent(workload)
          .ifPresent(a -> out.addAll(Things.workload(a, context.workflow())));
    }
    out.addAll(
        Things.resource(
            context.slice().lineage(resource), context.slice().environment(mapping.environment())));
    context.task().person().ifPresent(p -> out.addAll(Things.person(p)));
    return Entities.of(out);
  }
}
