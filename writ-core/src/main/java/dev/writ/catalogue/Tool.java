package dev.writ.catalogue;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A tool as agents see it, and what a call of it means.
 *
 * @param name as agents see it; unique in the catalogue
 * @param upstreamTool what the upstream calls it
 * @param inputSchema the JSON Schema of its arguments; its digest is part of every dossier
 * @param mapping what a call does
 */
public record Tool(
    String name,
    String upstream,
    String upstreamTool,
    String description,
    Json.Obj inputSchema,
    Mapping mapping) {
  /**
   * The action a call stands for.
   *
   * @param environment from the tool or from its upstream
   * @param targets for each dimension, where in the arguments the target is
   * @param arguments attributes for policies: {@code context.arguments.NAME}
   * @param rows where in the answer its rows are: an array to count, or their number; without it no
   *     grant with a limit on rows offers the tool
   */
  public record Mapping(
      String action,
      String resource,
      String environment,
      Map<String, Argument> targets,
      Map<String, Argument> arguments,
      Optional<JsonPointer> rows) {
    public Mapping {
      targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
      arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
      for (Argument target : targets.values()) {
        if (target.type() != Argument.Type.TEXT && target.type() != Argument.Type.TEXTS) {
          throw new IllegalArgumentException("a target is a text or a list of texts");
        }
      }
    }
  }

  /** The digest of the input schema's canonical bytes. */
  public Digest schemaDigest() {
    return inputSchema.digest();
  }
}
