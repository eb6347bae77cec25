package dev.writ.catalogue;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.form.Fields;
import dev.writ.form.Names;
import dev.writ.form.Node;
import dev.writ.form.Place;
import dev.writ.form.Problems;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads a catalogue: the organisation's part here, resources and tools in rooms of their own. */
final class CatalogueReader {
  private static final Map<String, Environment.Tier> TIERS =
      Words.of(Environment.Tier.values(), Environment.Tier::word);
  private static final Map<String, Calendar.DateOrder> DATE_ORDERS =
      Words.of(Calendar.DateOrder.values(), o -> o.name().toLowerCase(java.util.Locale.ROOT));

  private final Problems problems;

  CatalogueReader(Problems problems) {
    this.problems = problems;
  }

  Parsed<Catalogue> read(Node node) {
    Optional<Fields> open = Fields.of(node, problems);
    if (open.isEmpty()) {
      return Parsed.refused(problems.list());
    }
    Fields f = open.get();
    Optional<String> organisation = f.requiredText("organisation");
    Optional<String> note = f.text("note");
    Optional<Calendar> calendar = f.requiredFields("calendar").flatMap(this::calendar);
    List<Environment> environments = each(f, "environments", this::environment);
    ResourceReader resourceReader = new ResourceReader(problems);
    List<Resource> resources =
        resourceReader.withParents(each(f, "resources", resourceReader::read));
    List<Person> people = each(f, "people", this::person);
    List<Agent> agents = each(f, "agents", this::agent);
    List<BusinessProcess> processes = each(f, "business_processes", this::process);
    List<SodRule> rules = each(f, "sod_rules", this::rule);
    Optional<Fields> defaultFields = f.fields("policy_defaults");
    Template template =
        defaultFields.flatMap(d -> d.fields("template")).map(this::template).orElse(Template.NONE);
    PolicyDefaults defaults = defaultFields.map(this::defaults).orElse(PolicyDefaults.NONE);
    ToolReader toolReader = new ToolReader(problems);
    List<Upstream> upstreams = each(f, "upstreams", toolReader::upstream);
    List<Tool> tools = each(f, "tools", t -> toolReader.tool(t, upstreams));
    f.close();
    if (problems.none()) {
      new CatalogueChecks(environments, resources, people, agents)
          .check(processes, rules, upstreams, tools)
          .forEach(problems::add);
    }
    return problems.answer(() ->
        new Catalogue(
            organisation.orElseThrow(),
            note,
            calendar.orElseThrow(),
            environments,
            resources,
            people,
            agents,
            processes,
            rules,
            defaults,
            template,
            upstreams,
            tools));
  }

  private <T> List<T> each(Fields f, String name, Function<Fields, Optional<T>> read) {
    return f.each(name, n -> complete(n, read));
  }

  private <T> Optional<T> complete(Node node, Function<Fields, Optional<T>> read) {
    return Fields.of(node, problems).flatMap(read);
  }

  /** Closes a mapping and builds its value, when the mapping added no problem. */
  static <T> Optional<T> finish(Fields f, int before, java.util.function.Supplier<T> value) {
    f.close();
    return f.problems().count() == before ? Optional.of(value.get()) : Optional.empty();
  }

  private Optional<Calendar> calendar(Fields f) {
    int before = problems.count();
    Optional<ZoneId> zone = convert(f, "timezone", ZoneId::of, "write an IANA name such as UTC");
    Optional<String> week = f.text("week_starts");
    if (week.isPresent() && !week.get().equals("monday")) {
      problems.add(f.place("week_starts"), "weeks start on monday here", "write monday");
    }
    Optional<String> hours = f.text("business_hours");
    List<LocalTime> open = new ArrayList<>();
    if (hours.isPresent()) {
      try {
        for (String time : hours.get().split("-", -1)) {
          open.add(LocalTime.parse(time));
        }
      } catch (DateTimeException e) {
        open.clear();
      }
      if (open.size() != 2) {
        problems.add(f.place("business_hours"), "these are no hours", "write \"08:00-18:00\"");
      }
    }
    Optional<Long> sprint = f.integer("sprint_days", 1, 366);
    Map<String, Calendar.Quarter> quarters = new LinkedHashMap<>();
    for (Node.Entry entry : f.entries("quarters")) {
      quarter(entry).ifPresent(q -> quarters.put(entry.key(), q));
    }
    Calendar.DateOrder order =
        f.choice("date_order", DATE_ORDERS).orElse(Calendar.DateOrder.UNKNOWN);
    return finish(
        f,
        before,
        () ->
            new Calendar(
                zone.orElseThrow(),
                open.isEmpty() ? LocalTime.MIDNIGHT : open.getFirst(),
                open.isEmpty() ? LocalTime.MIDNIGHT : open.getLast(),
                sprint.orElse(14L).intValue(),
                quarters,
                order));
  }

  private Optional<Calendar.Quarter> quarter(Node.Entry entry) {
    if (entry.value() instanceof Node.Sequence(Place at, List<Node> days) && days.size() == 2) {
      Optional<String> first = Fields.text(days.get(0), problems);
      Optional<String> last = Fields.text(days.get(1), problems);
      try {
        if (first.isPresent() && last.isPresent()) {
          return Optional.of(
              new Calendar.Quarter(
                  MonthDay.parse("--" + first.get()), MonthDay.parse("--" + last.get())));
        }
        return Optional.empty();
      } catch (DateTimeException e) {
        // Falls through to the one message that says what a quarter looks like.
      }
    }
    problems.add(entry.place(), "this is no quarter", "write [\"04-01\", \"06-30\"]");
    return Optional.empty();
  }

  private <T> Optional<T> convert(Fields f, String name, Function<String, T> read, String remedy) {
    Optional<String> text = f.requiredText(name);
    try {
      return text.map(read);
    } catch (DateTimeException e) {
      problems.add(
          f.place(name), "`" + Text.excerpt(text.orElse("")) + "` is not a " + name, remedy);
      return Optional.empty();
    }
  }

  private Optional<Environment> environment(Fields f) {
    int before = problems.count();
    Optional<String> id = f.requiredId("id");
    if (id.isPresent() && !ResourceReader.environmentName(id.get())) {
      problems.add(f.place("id"), "an environment's id holds no slash", "write one word");
    }
    Optional<Environment.Tier> tier = f.requiredChoice("tier", TIERS);
    return finish(f, before, () -> new Environment(id.orElseThrow(), tier.orElseThrow()));
  }

  private Optional<Person> person(Fields f) {
    int before = problems.count();
    Optional<String> id = f.requiredId("id");
    Optional<String> name = f.requiredText("name");
    Optional<String> role = f.requiredText("role");
    Optional<String> team = f.requiredId("team");
    Optional<Boolean> active = f.requiredChoice("status", Words.two("active", "left"));
    Optional<Boolean> employee = f.requiredChoice("kind", Words.two("employee", "contractor"));
    List<String> approverFor = f.texts("approver_for");
    List<String> roles = f.ids("roles");
    return finish(
        f,
        before,
        () ->
            new Person(
                id.orElseThrow(),
                name.orElseThrow(),
                role.orElseThrow(),
                team.orElseThrow(),
                active.orElseThrow(),
                employee.orElseThrow(),
                approverFor,
                roles));
  }

  private Optional<Agent> agent(Fields f) {
    int before = problems.count();
    Optional<String> id = f.requiredId("id");
    Optional<String> name = f.requiredText("name");
    Optional<String> team = f.requiredId("team");
    List<String> aliases = f.texts("aliases");
    Optional<Workload> workload =
        f.text("workload").flatMap(w -> take(Workload.parse(w), f.place("workload")));
    boolean pilot = f.bool("pilot").orElse(false);
    boolean autonomous = f.bool("autonomous").orElse(false);
    return finish(
        f,
        before,
        () ->
            new Agent(
                id.orElseThrow(),
                name.orElseThrow(),
                team.orElseThrow(),
                aliases,
                workload,
                pilot,
                autonomous));
  }

  private Optional<BusinessProcess> process(Fields f) {
    int before = problems.count();
    Optional<String> id = f.requiredId("id");
    Optional<String> name = f.requiredText("name");
    List<String> aliases = f.texts("aliases");
    Optional<String> owner = f.requiredId("control_owner");
    return finish(
        f,
        before,
        () ->
            new BusinessProcess(
                id.orElseThrow(), name.orElseThrow(), aliases, owner.orElseThrow()));
  }

  private Optional<SodRule> rule(Fields f) {
    int before = problems.count();
    Optional<String> id = f.requiredId("id");
    Optional<Node> conflict = f.required("conflict");
    if (conflict.isPresent()
        && conflict.get() instanceof Node.Sequence(Place at, List<Node> both)) {
      List<SodRule.Side> sides = new ArrayList<>();
      both.forEach(n -> side(n).ifPresent(sides::add));
      if (both.size() != 2) {
        problems.add(at, "a conflict has two sides", "write [[RESOURCE, [ACTION]], [..]]");
      }
      return finish(
          f, before, () -> new SodRule.Toxic(id.orElseThrow(), sides.getFirst(), sides.getLast()));
    }
    Optional<String> words = conflict.flatMap(n -> Fields.text(n, problems));
    return finish(f, before, () -> new SodRule.Words(id.orElseThrow(), words.orElseThrow()));
  }

  private Optional<SodRule.Side> side(Node node) {
    if (node instanceof Node.Sequence(Place at, List<Node> items)
        && items.size() == 2
        && items.getLast() instanceof Node.Sequence(Place inner, List<Node> names)) {
      Optional<String> resource = Fields.id(items.getFirst(), problems);
      List<String> actions = new ArrayList<>();
      names.forEach(n -> Fields.id(n, problems).ifPresent(actions::add));
      return resource.map(r -> new SodRule.Side(r, actions));
    }
    problems.add(node.place(), "this is no side of a conflict", "write [RESOURCE, [ACTION, ...]]");
    return Optional.empty();
  }

  private PolicyDefaults defaults(Fields f) {
    Map<String, Span> longest =
        mapping(
            f,
            "max_duration",
            (key, node) ->
                Fields.text(node, problems).flatMap(t -> take(Span.parse(t), node.place())));
    Optional<Span> ceiling =
        f.text("hard_ceiling").flatMap(t -> take(Span.parse(t), f.place("hard_ceiling")));
    Map<String, List<String>> approvals =
        mapping(f, "approvals", (key, node) -> ResourceReader.texts(node, problems));
    List<String> revocation = f.texts("revocation");
    Optional<String> delegation = f.text("delegation");
    Optional<String> credential = f.text("credential");
    f.close();
    return new PolicyDefaults(longest, ceiling, approvals, revocation, delegation, credential);
  }

  private Template template(Fields f) {
    Template template =
        new Template(
            f.id("stage"),
            f.id("identity_owner"),
            f.id("security_owner"),
            f.ids("initiators"),
            f.text("task_life").flatMap(t -> take(Span.parse(t), f.place("task_life"))),
            f.ids("revoke"));
    f.close();
    return template;
  }

  private <T> Map<String, T> mapping(
      Fields f, String name, BiFunction<String, Node, Optional<T>> read) {
    Map<String, T> out = new LinkedHashMap<>();
    for (Node.Entry entry : f.entries(name)) {
      if (!Names.wellFormed(entry.key())) {
        problems.add(
            entry.place(), "`" + Text.excerpt(entry.key()) + "` is not a name", Names.RULE);
      }
      read.apply(entry.key(), entry.value()).ifPresent(v -> out.put(entry.key(), v));
    }
    return out;
  }

  private <T> Optional<T> take(Parsed<T> parsed, Place place) {
    return take(parsed, place, problems);
  }

  static <T> Optional<T> take(Parsed<T> parsed, Place place, Problems problems) {
    for (Problem p : parsed.problems()) {
      problems.add(place, p.what(), p.remedy());
    }
    return parsed.found();
  }

  /** Words for the constants of an enumeration, in its order. */
  static final class Words {
    private Words() {}

    static <E> Map<String, E> of(E[] values, Function<E, String> word) {
      Map<String, E> words = new LinkedHashMap<>();
      for (E value : values) {
        words.put(word.apply(value), value);
      }
      return words;
    }

    /** The word for yes and the word for no. */
    static Map<String, Boolean> two(String yes, String no) {
      Map<String, Boolean> words = new LinkedHashMap<>();
      words.put(yes, true);
      words.put(no, false);
      return words;
    }
  }
}
