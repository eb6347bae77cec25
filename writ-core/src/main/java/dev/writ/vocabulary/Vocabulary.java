package dev.writ.vocabulary;

import java.util.List;

/**
 * Every attribute a policy may read, and there are no others. What Cedar cannot work out itself
 * (counts, sums, looking across grants) is here as a named attribute; a decision's fact records the
 * values used.
 */
public final class Vocabulary {
  /** Where an attribute is found. */
  public enum On {
    CALL,
    ADMIT_WORKFLOW,
    ADMIT_GRANT,
    RESOURCE,
    ENVIRONMENT,
    WORKLOAD,
    WORKFLOW,
    PERSON
  }

  /**
   * One attribute.
   *
   * @param name as policies write it, from {@code context}, {@code resource} or {@code principal}
   * @param type Cedar's type
   * @param means one sentence
   */
  public record Attribute(On on, String name, String type, String means) {}

  private static final List<Attribute> ALL =
      List.of(
          call("stage", "String", "The workflow's stage: sandbox, pilot, production, retired."),
          call("process?", "String", "The business process of its purpose."),
          call("mode", "String", "With whose identity it acts: own, on-behalf-of, per-action."),
          call("effect", "String", "read when the action changes nothing, write otherwise."),
          call(
              "tier",
              "String",
              "What the environment is rated: sandbox, nonproduction, production."),
          call("now", "datetime", "When the call is decided, by the database's clock."),
          call("task.requester", "Person", "The person for whom the task runs."),
          call("task.initiator", "String", "What opened the task: human, schedule, agent."),
          call("task.workload", "Workload", "The workload that opened the task."),
          call("task.delegationDepth", "Long", "How often the token was handed on; 0 at first."),
          call("task.life", "duration", "From the task's opening to its end."),
          call("delegation.chain", "Set<Workload>", "Every workload from the first to the caller."),
          call("targets.DIMENSION?", "Set<String>", "The targets the call names, by dimension."),
          call("arguments.NAME?", "as mapped", "An argument that the tool's mapping declares."),
          call(
              "usage.calls",
              "Long",
              "Calls allowed before in this task, delegates included, on this resource."),
          call(
              "usage.rows",
              "Long",
              "Rows returned before in this task, delegates included, from this resource."),
          workflow("stage", "String", "The stage the spec asks for."),
          workflow("process?", "String", "The business process of its purpose."),
          workflow("mode", "String", "With whose identity it acts."),
          workflow("initiators", "Set<String>", "What may open its tasks."),
          workflow("hours", "Long", "Hours from now to its end, begun ones counted."),
          workflow("beyondCeiling", "Bool", "Whether it ends after the catalogue's hard ceiling."),
          workflow("tiers", "Set<String>", "Tiers of the environments it is granted."),
          workflow("environments", "Set<String>", "Environments it is granted."),
          workflow("sensitivities", "Set<String>", "Sensitivities of what it is granted."),
          workflow("effects", "Set<String>", "read, write or both."),
          workflow("markers", "Set<String>", "Regulated kinds of data it is granted."),
          workflow("thirdParty", "Bool", "Whether a granted resource is a third party's."),
          workflow("delegationDepth", "Long", "How often a token may be handed on."),
          workflow("taskLife", "duration", "The longest life of a task."),
          workflow("owner", "Person", "The owner of the product."),
          workflow("sod.broken", "Set<String>", "Rules of separation it breaks by itself."),
          grant("workflow", "Workflow", "The workflow that asks for the grant."),
          grant("stage", "String", "The stage the spec asks for."),
          grant("actions", "Set<String>", "The actions of the grant."),
          grant("effect", "String", "write when one of them changes something."),
          grant("tier", "String", "What its environment is rated."),
          grant("anyTarget", "Bool", "Whether it says any instead of naming targets."),
          grant("limits.rows?", "Long", "Its limit of rows."),
          grant("limits.calls?", "Long", "Its limit of calls."),
          grant("limits.amount?", "decimal", "Its limit of the amount of one call."),
          on(On.RESOURCE, "sensitivity", "String", "internal, confidential or restricted, there."),
          on(On.RESOURCE, "kind", "String", "What it is, such as database."),
          on(On.RESOURCE, "owner", "Team", "The team that owns it."),
          on(On.RESOURCE, "thirdParty", "Bool", "Whether it is a third party's."),
          on(On.RESOURCE, "markers", "Set<String>", "Regulated kinds of data."),
          on(On.RESOURCE, "data", "Set<String>", "Kinds of data."),
          on(On.ENVIRONMENT, "tier", "String", "sandbox, nonproduction or production."),
          on(On.WORKLOAD, "agent", "String", "The agent that runs as it."),
          on(On.WORKLOAD, "team", "Team", "The agent's team."),
          on(On.WORKFLOW, "name", "String", "The workflow's name."),
          on(On.PERSON, "team", "Team", "The person's team."),
          on(On.PERSON, "employee", "Bool", "False for a contractor."));

  private Vocabulary() {}

  /** All attributes, in the order in which they are documented. */
  public static List<Attribute> all() {
    return ALL;
  }

  private static Attribute call(String name, String type, String means) {
    return on(On.CALL, name, type, means);
  }

  private static Attribute workflow(String name, String type, String means) {
    return on(On.ADMIT_WORKFLOW, name, type, means);
  }

  private static Attribute grant(String name, String type, String means) {
    return on(On.ADMIT_GRANT, name, type, means);
  }

  private static Attribute on(On on, String name, String type, String means) {
    return new Attribute(on, name, type, means);
  }
}
