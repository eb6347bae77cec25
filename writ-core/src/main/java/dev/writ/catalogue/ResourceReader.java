package dev.writ.catalogue;

import dev.writ.base.Text;
import dev.writ.form.Fields;
import dev.writ.form.Names;
import dev.writ.form.Node;
import dev.writ.form.Place;
import dev.writ.form.Problems;
import dev.writ.form.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads resources. */
final class ResourceReader {
  private static final Map<String, Sensitivity> SENSITIVITIES =
      CatalogueReader.Words.of(Sensitivity.values(), Sensitivity::word);
  private static final List<String> FIELDS =
      List.of(
          "id",
          "name",
          "kind",
          "parent",
          "owner_team",
          "sensitivity",
          "environment_sensitivity",
          "environments",
          "actions",
          "reading",
          "aliases",
          "targets",
          "data",
          "third_party");

  private final Problems problems;

  ResourceReader(Problems problems) {
    this.problems = problems;
  }

  static boolean environmentName(String id) {
    return id.equals(Environment.NOT_APPLICABLE) || !id.contains("/");
  }

  Optional<Resource> read(Fields f) {
    int before = problems.count();
    Optional<String> id = f.requiredId("id");
    Optional<String> name = f.requiredText("name");
    Optional<String> kind = f.requiredId("kind");
    Optional<String> parent = f.id("parent");
    Optional<String> team = f.requiredId("owner_team");
    Optional<Sensitivity> sensitivity = f.requiredChoice("sensitivity", SENSITIVITIES);
    List<String> environments = f.requiredIds("environments");
    for (String environment : environments) {
      if (!environmentName(environment)) {
        problems.add(
            f.place("environments"),
            "`" + environment + "` is no environment",
            "write one word, or n/a where the notion does not apply");
      }
    }
    Map<String, Sensitivity> sensitivities = sensitivities(f);
    Map<String, List<String>> actions = ways(f.entries("actions"));
    List<String> reading = f.ids("reading");
    List<String> aliases = f.texts("aliases");
    Map<String, Resource.Dimension> targets = targets(f);
    List<String> data = f.texts("data");
    boolean thirdParty = f.bool("third_party").orElse(false);
    List<String> markers = markers(f);
    return CatalogueReader.finish(
        f,
        before,
        () ->
            new Resource(
                id.orElseThrow(),
                name.orElseThrow(),
                kind.orElseThrow(),
                parent,
                team.orElseThrow(),
                sensitivity.orElseThrow(),
                sensitivities,
                environments,
                actions,
                reading,
                aliases,
                targets,
                data,
                thirdParty,
                markers));
  }

  /** A part without a named parent belongs to the longest id before one of its slashes. */
  List<Resource> withParents(List<Resource> resources) {
    Set<String> ids = new LinkedHashSet<>();
    resources.forEach(r -> ids.add(r.id()));
    List<Resource> out = new ArrayList<>();
    for (Resource r : resources) {
      out.add(r.parent().isPresent() ? r : withParent(r, enclosing(r.id(), ids)));
    }
    return out;
  }

  private static Optional<String> enclosing(String id, Set<String> ids) {
    for (int slash = id.lastIndexOf('/'); slash > 0; slash = id.lastIndexOf('/', slash - 1)) {
      if (ids.contains(id.substring(0, slash))) {
        return Optional.of(id.substring(0, slash));
      }
    }
    return Optional.empty();
  }

  private static Resource withParent(Resource r, Optional<String> parent) {
    return new Resource(
        r.id(),
        r.name(),
        r.kind(),
        parent,
        r.ownerTeam(),
        r.sensitivity(),
        r.sensitivities(),
        r.environments(),
        r.actions(),
        r.reading(),
        r.aliases(),
        r.targets(),
        r.data(),
        r.thirdParty(),
        r.markers());
  }

  private Map<String, Sensitivity> sensitivities(Fields f) {
    Map<String, Sensitivity> out = new LinkedHashMap<>();
    f.fields("environment_sensitivity")
        .ifPresent(inner -> {
          for (Node.Entry entry : inner.rest()) {
            Fields.text(entry.value(), problems).ifPresent(word -> sensitivity(entry, word, out));
          }
        });
    return out;
  }

  private void sensitivity(Node.Entry entry, String word, Map<String, Sensitivity> out) {
    Sensitivity known = SENSITIVITIES.get(word);
    if (known == null) {
      problems.add(
          entry.place(),
          "`" + Text.excerpt(word) + "` is no sensitivity",
          Suggestion.remedy(word, SENSITIVITIES.keySet()));
    } else {
      out.put(entry.key(), known);
    }
  }

  private Map<String, List<String>> ways(List<Node.Entry> entries) {
    Map<String, List<String>> out = new LinkedHashMap<>();
    for (Node.Entry entry : entries) {
      name(entry);
      texts(entry.value(), problems).ifPresent(said -> out.put(entry.key(), said));
    }
    return out;
  }

  private void name(Node.Entry entry) {
    if (!Names.wellFormed(entry.key())) {
      problems.add(entry.place(), "`" + Text.excerpt(entry.key()) + "` is not a name", Names.RULE);
    }
  }

  private Map<String, Resource.Dimension> targets(Fields f) {
    Map<String, Resource.Dimension> out = new LinkedHashMap<>();
    for (Node.Entry entry : f.entries("targets")) {
      if (!ToolReader.attributeName(entry.key())) {
        problems.add(
            entry.place(),
            "`" + Text.excerpt(entry.key()) + "` cannot name a dimension",
            ToolReader.ATTRIBUTE_RULE);
      }
      Map<String, List<String>> ids = new LinkedHashMap<>();
      switch (entry.value()) {
        case Node.Mapping(Place at, List<Node.Entry> named) -> ids.putAll(ways(named));
        case Node.Sequence(Place at, List<Node> items) ->
            items.forEach(n -> Fields.id(n, problems).ifPresent(id -> ids.put(id, List.of())));
        case Node.Scalar scalar ->
            problems.add(scalar.place(), "this is no list of targets", "write [a, b]");
      }
      out.put(entry.key(), new Resource.Dimension(ids));
    }
    return out;
  }

  /** Every further key with the value true says "regulated". */
  private List<String> markers(Fields f) {
    List<String> markers = new ArrayList<>();
    for (Node.Entry entry : f.rest()) {
      boolean set =
          entry.value() instanceof Node.Scalar(Place at, Node.Kind kind, String text)
              && kind == Node.Kind.BOOLEAN
              && text.equals("true");
      Optional<String> meant = Suggestion.nearest(entry.key(), FIELDS);
      if (set && meant.isEmpty() && ToolReader.attributeName(entry.key())) {
        markers.add(entry.key());
      } else {
        problems.add(
            entry.place(),
            "`" + Text.excerpt(entry.key()) + "` is not a field here",
            meant
                .map(m -> "did you mean `" + m + "`?")
                .orElse("fields are " + Suggestion.list(FIELDS) + "; a marker has the value true"));
      }
    }
    return markers;
  }

  static Optional<List<String>> texts(Node node, Problems problems) {
    if (!(node instanceof Node.Sequence(Place at, List<Node> items))) {
      problems.add(node.place(), "this is not a list", "write [a, b]");
      return Optional.empty();
    }
    List<String> out = new ArrayList<>();
    items.forEach(n -> Fields.text(n, problems).ifPresent(out::add));
    return Optional.of(out);
  }
}
