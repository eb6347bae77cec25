package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.base.Problem;
import dev.writ.draft.Draft;
import dev.writ.draft.Flag;
import dev.writ.draft.Intent;
import dev.writ.draft.Question;
import dev.writ.operation.CompleteDraft;
import dev.writ.operation.DraftPrompt;
import dev.writ.operation.Guidance;
import dev.writ.operation.Refusal;
import java.util.List;

/** Drafts as JSON. */
final class DraftPages {
  private DraftPages() {}

  /** What became of a prompt: what it wants on the whole, and a draft for each workflow. */
  static Json.Obj drafted(Draft whole, List<DraftPrompt.OfWorkflow> drafts) {
    return Json.object()
        .put("intent", whole.intent().word())
        .put("drafter", whole.drafter())
        .put("flags", Json.strings(whole.flags().stream().map(Flag::word).toList()))
        .put("drafts", Json.array(drafts.stream().map(DraftPages::drafted).toList()))
        .build();
  }

  private static Json.Obj drafted(DraftPrompt.OfWorkflow drafted) {
    Json.Builder out =
        Json.object()
            .put("workflow", drafted.workflow().value())
            .put("draft", drafted.draft().canonicalForm());
    guidance(out, drafted.guidance());
    return out.build();
  }

  private static void guidance(Json.Builder out, Guidance guidance) {
    out.put("questions", Json.array(guidance.questions().stream().map(Question::toJson).toList()))
        .put("next", Json.strings(guidance.next()));
  }

  /** A draft with the answers so far, and the spec when nothing is open. */
  static Json.Obj completed(CompleteDraft.Reply.Completed done) {
    Json.Builder out =
        Json.object()
            .put("workflow", done.workflow().value())
            .put("draft", done.draft().canonicalForm());
    guidance(out, done.guidance());
    done.spec().ifPresent(s -> out.put("spec", s.digest()).put("text", s.yaml()));
    return out.build();
  }

  /** Why no spec can be made of a draft yet, or ever. */
  static Refusal stillOpen(Draft draft) {
    Intent intent = draft.workflows().getFirst().intent();
    if (intent != Intent.GRANT) {
      return new Refusal.InputInvalid(
          List.of(
              new Problem(
                  "",
                  "this draft asks to " + intent.word() + " what is there, and makes no new spec",
                  "submit a new spec of that workflow, or end its writ")));
    }
    return new Refusal.InputInvalid(
        draft.workflows().getFirst().open().stream()
            .map(slot -> new Problem(slot, "nobody has said this", "answer it"))
            .toList());
  }
}
