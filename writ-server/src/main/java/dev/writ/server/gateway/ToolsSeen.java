package dev.writ.server.gateway;

import dev.writ.base.Json;
import java.util.List;

/** What the authority said to "which tools may this token's holder see". */
public sealed interface ToolsSeen {
  /** The tools of the writ's catalogue slice that the token reaches, in a stable order. */
  record Listed(List<Tool> tools) implements ToolsSeen {
    public Listed {
      tools = List.copyOf(tools);
    }
  }

  /** The token is not live. */
  record Refused(String reason, String message) implements ToolsSeen {}

  /**
   * A tool as the reviewed catalogue describes it; what the upstream says about itself is not
   * passed on, so that it cannot change after the review.
   *
   * @param inputSchema a JSON Schema object
   */
  record Tool(String name, String description, Json.Obj inputSchema) {
    Json.Obj toJson() {
      return Json.object()
          .put("name", name)
          .put("description", description)
          .put("inputSchema", inputSchema)
          .build();
    }
  }
}
