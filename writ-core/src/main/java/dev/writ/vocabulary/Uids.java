package dev.writ.vocabulary;

import dev.writ.base.WorkflowId;
import dev.writ.catalogue.Environment;
import dev.writ.catalogue.Workload;
import dev.writ.policy.EntityUid;

/** What things are called in policies. One name, one thing: no two things share an entity. */
public final class Uids {
  /** Asks admission policy about a workflow as a whole. */
  public static final EntityUid ADMIT_WORKFLOW = EntityUid.of("Action", "admit:workflow");

  /** Asks admission policy about one grant. */
  public static final EntityUid ADMIT_GRANT = EntityUid.of("Action", "admit:grant");

  private Uids() {}

  public static EntityUid workload(Workload workload) {
    return EntityUid.of("Workload", workload.id());
  }

  public static EntityUid workflow(WorkflowId workflow) {
    return EntityUid.of("Workflow", workflow.value());
  }

  public static EntityUid action(String action) {
    return EntityUid.of("Action", action);
  }

  /**
   * A resource in an environment. Environments hold no slash, and the one that does ({@code n/a})
   * is written {@code -}, so the first slash always ends the environment.
   */
  public static EntityUid resource(String environment, String resource) {
    return EntityUid.of("Resource", environmentId(environment) + "/" + resource);
  }

  /** A resource whatever the environment. */
  public static EntityUid asset(String resource) {
    return EntityUid.of("Asset", resource);
  }

  public static EntityUid environment(String environment) {
    return EntityUid.of("Environment", environmentId(environment));
  }

  public static EntityUid person(String person) {
    return EntityUid.of("Person", person);
  }

  public static EntityUid team(String team) {
    return EntityUid.of("Team", team);
  }

  private static String environmentId(String environment) {
    return environment.equals(Environment.NOT_APPLICABLE) ? "-" : environment;
  }
}
