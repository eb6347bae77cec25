package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.draft.Prompt;
import java.util.List;

/** The tools of drafting, as a chat client lists them. */
final class DraftingToolList {
  static final String DRAFT = "draft_workflow";
  static final String EXPLAIN = "explain_gap";
  static final String SUBMIT = "submit_spec";

  private static final Json.Obj WORKFLOW =
      Json.object()
          .put("type", "string")
          .put("pattern", "^wf_[0-9a-hjkmnp-tv-z]{26}$")
          .put("description", "the workflow of a draft, as draft_workflow named it")
          .build();

  /** All of them, in the order in which they are used. */
  static final List<Json.Obj> ALL =
      List.of(
          tool(
              DRAFT,
              "Turns what a person wants an agent to do, in the person's own words, into drafts:"
                  + " what was said, and what was not. Nothing is granted. Pass the words as they"
                  + " were said; add nothing.",
              object(
                  Json.object()
                      .put(
                          "prompt",
                          Json.object()
                              .put("type", "string")
                              .put("maxLength", Prompt.LONGEST)
                              .put("description", "the person's own words")
                              .build())
                      .build(),
                  List.of("prompt")),
              false),
          tool(
              EXPLAIN,
              "Says what a draft still lacks: the question to ask the person, what would fit, who"
                  + " can know, and what policy would apply.",
              object(
                  Json.object()
                      .put("workflow", WORKFLOW)
                      .put(
                          "slot",
                          Json.object()
                              .put("type", "string")
                              .put("description", "one open slot; without it, all of them")
                              .build())
                      .build(),
                  List.of("workflow")),
              true),
          tool(
              SUBMIT,
              "Submits a draft's spec for review, with the person's answers to what was open. It"
                  + " never approves: people whom policy names do. Pass only answers the person"
                  + " gave.",
              object(
                  Json.object()
                      .put("workflow", WORKFLOW)
                      .put(
                          "answers",
                          Json.object()
                              .put("type", "object")
                              .put("description", "values by slot, as explain_gap names them")
                              .put(
                                  "additionalProperties",
                                  Json.object()
                                      .put("type", "array")
                                      .put("items", Json.object().put("type", "string").build())
                                      .build())
                              .build())
                      .put(
                          "without",
                          Json.object()
                              .put("type", "array")
                              .put("items", Json.object().put("type", "string").build())
                              .put("description", "lines no longer asked for, such as grants[1]")
                              .build())
                      .build(),
                  List.of("workflow")),
              false));

  private DraftingToolList() {}

  private static Json.Obj object(Json.Obj properties, List<String> required) {
    return Json.object()
        .put("type", "object")
        .put("properties", properties)
        .put("required", Json.strings(required))
        .put("additionalProperties", false)
        .build();
  }

  private static Json.Obj tool(
      String name, String description, Json.Obj schema, boolean readsOnly) {
    return Json.object()
        .put("name", name)
        .put("description", description)
        .put("inputSchema", schema)
        .put(
            "annotations",
            Json.object()
                .put("readOnlyHint", readsOnly)
                .put("destructiveHint", false)
                .put("openWorldHint", false)
                .build())
        .build();
  }
}
