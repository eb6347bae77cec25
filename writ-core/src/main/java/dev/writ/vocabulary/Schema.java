package dev.writ.vocabulary;

import dev.writ.catalogue.Argument;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Resource;
import dev.writ.catalogue.Tool;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A schema in Cedar's schema syntax, against which policies are validated before they are
 * published.
 *
 * @param text for {@code cedar validate} and cedar-java
 */
public record Schema(String text) {
  /** The schema of admission policies. */
  public static Schema admission() {
    return new Schema(Shipped.text("writ.cedarschema") + Shipped.text("admission.cedarschema"));
  }

  /**
   * The schema of generated policies and guardrails: what is the same everywhere, then the
   * catalogue's actions, target dimensions and mapped arguments, each sorted.
   */
  public static Schema calls(Catalogue catalogue) {
    TreeSet<String> actions = new TreeSet<>();
    Map<String, String> targets = new TreeMap<>();
    Map<String, String> arguments = new TreeMap<>();
    for (Resource resource : catalogue.resources()) {
      actions.addAll(resource.actions().keySet());
      resource.targets().keySet().forEach(d -> targets.put(d, "Set<String>"));
    }
    for (Tool tool : catalogue.tools()) {
      tool.mapping()
          .arguments()
          .forEach((name, argument) -> arguments.put(name, type(argument.type())));
    }
    StringBuilder out = new StringBuilder(Shipped.text("writ.cedarschema"));
    out.append(Shipped.text("calls.cedarschema"));
    record(out, "CallTargets", targets);
    record(out, "CallArguments", arguments);
    for (String action : actions) {
      // A name holds letters, digits and . _ - @ / only: nothing in it needs escaping.
      out.append("\naction \"").append(action).append("\" appliesTo {\n");
      out.append("  principal: [Workload],\n  resource: [Resource],\n");
      out.append("  context: CallContext,\n};\n");
    }
    return new Schema(out.toString());
  }

  private static void record(StringBuilder out, String name, Map<String, String> fields) {
    out.append("\ntype ").append(name).append(" = {\n");
    fields.forEach((field, type) ->
        out.append("  \"").append(field).append("\"?: ").append(type).append(",\n"));
    out.append("};\n");
  }

  private static String type(Argument.Type type) {
    return switch (type) {
      case TEXT -> "String";
      case TEXTS -> "Set<String>";
      case INTEGER -> "Long";
      case DECIMAL -> "decimal";
      case BOOLEAN -> "Bool";
    };
  }
}
