package dev.writ.catalogue;

import dev.writ.base.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether tools and upstreams fit the resources. */
final class ToolChecks {
  /** Complains when a name is not among the known ones. */
  interface Known {
    void require(String kind, String where, String name, Collection<String> names);
  }

  private final Map<String, Resource> resources;
  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
  private final Known known;
  private final List<Problem> problems;

  ToolChecks(
      Map<String, Resource> resources,
      List<Upstream> upstreams,
      Known known,
      List<Problem> problems) {
    this.resources = resources;
    upstreams.forEach(u -> this.upstreams.putIfAbsent(u.id(), u));
    this.known = known;
    this.problems = problems;
  }

  void check(List<Tool> tools) {
    Map<String, Argument.Type> types = new LinkedHashMap<>();
    for (Tool tool : tools) {
      String at = tool.name();
      known.require("tools", at + ".upstream", tool.upstream(), upstreams.keySet());
      known.require("tools", at + ".resource", tool.mapping().resource(), resources.keySet());
      Resource resource = resources.get(tool.mapping().resource());
      if (resource != null) {
        mapping(at, tool.mapping(), resource);
      }
      Upstream upstream = upstreams.get(tool.upstream());
      if (upstream != null) {
        place(tool, upstream);
      }
      tool.mapping()
          .arguments()
          .forEach((name, argument) -> sameType(at, name, argument.type(), types));
    }
  }

  private void mapping(String at, Tool.Mapping mapping, Resource resource) {
    known.require("tools", at + ".action", mapping.action(), resource.actions().keySet());
    known.require("tools", at + ".environment", mapping.environment(), resource.environments());
    for (String dimension : mapping.targets().keySet()) {
      known.require("tools", at + ".targets", dimension, resource.targets().keySet());
    }
  }

  private void place(Tool tool, Upstream upstream) {
    if (!upstream
        .environment()
        .orElse(tool.mapping().environment())
        .equals(tool.mapping().environment())) {
      problems.add(
          new Problem(
              "tools " + tool.name() + ".environment",
              "its upstream `" + upstream.id() + "` is in another environment",
              "leave it out, or name another upstream"));
    }
  }

  /** Policies know an attribute by its name, so it is of one type wherever it occurs. */
  private void sameType(
      String at, String name, Argument.Type type, Map<String, Argument.Type> types) {
    Argument.Type before = types.putIfAbsent(name, type);
    if (before != null && before != type) {
      problems.add(
          new Problem(
              "tools " + at + ".arguments." + name,
              "elsewhere `" + name + "` is " + before.word() + ", here " + type.word(),
              "name it differently"));
    }
  }
}
