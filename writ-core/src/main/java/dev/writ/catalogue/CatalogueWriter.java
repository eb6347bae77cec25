package dev.writ.catalogue;

import dev.writ.base.Json;
import java.time.MonthDay;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes a catalogue, or entries of one, in the form that is read. */
public final class CatalogueWriter {
  private CatalogueWriter() {}

  static Json.Obj write(Catalogue c) {
    return Json.object()
        .put("organisation", c.organisation())
        .putIfPresent("note", c.note().map(Json::of))
        .put("calendar", calendar(c.calendar()))
        .put("environments", list(c.environments(), CatalogueWriter::environment))
        .put("resources", list(c.resources(), CatalogueWriter::resource))
        .put("people", list(c.people(), CatalogueWriter::person))
        .put("agents", list(c.agents(), CatalogueWriter::agent))
        .put("business_processes", list(c.processes(), CatalogueWriter::process))
        .put("sod_rules", list(c.sodRules(), CatalogueWriter::rule))
        .put("policy_defaults", defaults(c.defaults(), c.template()))
        .put("upstreams", list(c.upstreams(), CatalogueWriter::upstream))
        .put("tools", list(c.tools(), CatalogueWriter::tool))
        .build();
  }

  private static <T> Json.Arr list(List<T> items, Function<T, Json> write) {
    return Json.array(items.stream().map(write).toList());
  }

  private static <T> Json.Obj mapping(Map<String, T> entries, Function<T, Json> write) {
    Json.Builder out = Json.object();
    entries.forEach((key, value) -> out.put(key, write.apply(value)));
    return out.build();
  }

  private static Optional<Json> unlessEmpty(List<String> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(Json.strings(values));
  }

  private static Optional<Json> ifSet(boolean flag) {
    return flag ? Optional.of(Json.of(true)) : Optional.empty();
  }

  private static Json calendar(Calendar c) {
    return Json.object()
        .put("timezone", c.timezone().getId())
        .put("week_starts", "monday")
        .put("business_hours", c.opens() + "-" + c.closes())
        .put("sprint_days", c.sprintDays())
        .put(
            "quarters",
            mapping(c.quarters(), q -> Json.strings(List.of(day(q.first()), day(q.last())))))
        .put("date_order", c.dateOrder().name().toLowerCase(Locale.ROOT))
        .build();
  }

  private static String day(MonthDay day) {
    return day.toString().substring(2);
  }

  public static Json environment(Environment e) {
    return Json.object().put("id", e.id()).put("tier", e.tier().word()).build();
  }

  public static Json resource(Resource r) {
    Json.Builder out =
        Json.object()
            .put("id", r.id())
            .put("name", r.name())
            .put("kind", r.kind())
            .putIfPresent("parent", r.parent().map(Json::of))
            .put("owner_team", r.ownerTeam())
            .put("sensitivity", r.sensitivity().word());
    if (!r.sensitivities().isEmpty()) {
      out.put("environment_sensitivity", mapping(r.sensitivities(), s -> Json.of(s.word())));
    }
    out.put("environments", Json.strings(r.environments()))
        .put("actions", mapping(r.actions(), Json::strings))
        .putIfPresent("reading", unlessEmpty(r.reading()))
        .put("aliases", Json.strings(r.aliases()));
    if (!r.targets().isEmpty()) {
      out.put("targets", mapping(r.targets(), d -> mapping(d.ids(), Json::strings)));
    }
    out.putIfPresent("data", unlessEmpty(r.data()))
        .putIfPresent("third_party", ifSet(r.thirdParty()));
    r.markers().forEach(m -> out.put(m, true));
    return out.build();
  }

  private static Json person(Person p) {
    return Json.object()
        .put("id", p.id())
        .put("name", p.name())
        .put("role", p.role())
        .put("team", p.team())
        .put("status", p.active() ? "active" : "left")
        .put("kind", p.employee() ? "employee" : "contractor")
        .putIfPresent("approver_for", unlessEmpty(p.approverFor()))
        .putIfPresent("roles", unlessEmpty(p.roles()))
        .build();
  }

  public static Json agent(Agent a) {
    return Json.object()
        .put("id", a.id())
        .put("name", a.name())
        .put("team", a.team())
        .put("aliases", Json.strings(a.aliases()))
        .putIfPresent("workload", a.workload().map(w -> Json.of(w.id())))
        .putIfPresent("pilot", ifSet(a.pilot()))
        .putIfPresent("autonomous", ifSet(a.autonomous()))
        .build();
  }

  private static Json process(BusinessProcess p) {
    return Json.object()
        .put("id", p.id())
        .put("name", p.name())
        .put("aliases", Json.strings(p.aliases()))
        .put("control_owner", p.controlOwner())
        .build();
  }

  private static Json rule(SodRule rule) {
    Json conflict =
        switch (rule) {
          case SodRule.Words(String id, String words) -> Json.of(words);
          case SodRule.Toxic(String id, SodRule.Side one, SodRule.Side other) ->
              Json.array(List.of(side(one), side(other)));
        };
    return Json.object().put("id", rule.id()).put("conflict", conflict).build();
  }

  private static Json side(SodRule.Side side) {
    return Json.array(List.of(Json.of(side.resource()), Json.strings(side.actions())));
  }

  private static Json defaults(PolicyDefaults d, Template t) {
    Json.Builder out =
        Json.object()
            .put("max_duration", mapping(d.maxDuration(), s -> Json.of(s.iso())))
            .putIfPresent("hard_ceiling", d.hardCeiling().map(s -> Json.of(s.iso())))
            .put("approvals", mapping(d.approvals(), Json::strings))
            .put("revocation", Json.strings(d.revocation()))
            .putIfPresent("delegation", d.delegation().map(Json::of))
            .putIfPresent("credential", d.credential().map(Json::of));
    if (!t.equals(Template.NONE)) {
      out.put(
          "template",
          Json.object()
              .putIfPresent("stage", t.stage().map(Json::of))
              .putIfPresent("identity_owner", t.identityOwner().map(Json::of))
              .putIfPresent("security_owner", t.securityOwner().map(Json::of))
              .putIfPresent("initiators", unlessEmpty(t.initiators()))
              .putIfPresent("task_life", t.taskLife().map(s -> Json.of(s.iso())))
              .putIfPresent("revoke", unlessEmpty(t.revoke()))
              .build());
    }
    return out.build();
  }

  public static Json upstream(Upstream u) {
    Json.Builder out = Json.object().put("id", u.id());
    switch (u.endpoint()) {
      case Upstream.Http(java.net.URI url) -> out.put("kind", "http").put("url", url.toString());
      case Upstream.Stdio(List<String> command, StdioLimits limits) -> {
        out.put("kind", "stdio").put("command", Json.strings(command));
        // Left out where usual, so that what was approved before limits existed keeps its digest.
        Json.Obj unusual = limits.unusual();
        if (!unusual.members().isEmpty()) {
          out.put("limits", unusual);
        }
      }
    }
    return out.putIfPresent("environment", u.environment().map(Json::of))
        .put("connect_timeout", u.connect().toString())
        .put("call_timeout", u.call().toString())
        .build();
  }

  /** A tool with its whole schema. */
  public static Json tool(Tool t) {
    return Json.object()
        .put("name", t.name())
        .put("upstream", t.upstream())
        .put("upstream_tool", t.upstreamTool())
        .put("description", t.description())
        .put("input_schema", t.inputSchema())
        .put("action", t.mapping().action())
        .put("resource", t.mapping().resource())
        .put("environment", t.mapping().environment())
        .put("targets", mapping(t.mapping().targets(), CatalogueWriter::argument))
        .put("arguments", mapping(t.mapping().arguments(), CatalogueWriter::argument))
        .putIfPresent("rows", t.mapping().rows().map(p -> Json.of(p.text())))
        .build();
  }

  private static Json argument(Argument a) {
    return Json.object()
        .put("pointer", a.pointer().text())
        .put("type", a.type().word())
        .put("most", a.most())
        .putIfPresent("optional", ifSet(a.optional()))
        .build();
  }
}
