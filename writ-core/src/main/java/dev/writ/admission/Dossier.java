package dev.writ.admission;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.WorkflowId;
import dev.writ.form.Names;
import dev.writ.policy.PolicySet;
import dev.writ.spec.Generated;
import dev.writ.spec.ResolvedSpec;
import java.util.Objects;

/**
 * All the bytes an approval is bound to: the spec, the policies it comes to, the slice of the
 * catalogue it resolves to, who asks, and which policy sets judge and guard it.
 *
 * @param generated always those of {@code resolved} for {@code workflow}
 * @param admission digest of the admission policies
 * @param guardrails digest of the guardrails
 */
public record Dossier(
    WorkflowId workflow,
    ResolvedSpec resolved,
    PolicySet generated,
    String requester,
    Digest admission,
    Digest guardrails) {
  public Dossier {
    Objects.requireNonNull(admission);
    Objects.requireNonNull(guardrails);
    Names.require(requester);
    if (!generated.equals(Generated.policies(resolved, workflow))) {
      throw new IllegalArgumentException("these policies are not the spec's");
    }
  }

  /** The dossier of a resolved spec under these policy sets. */
  public static Dossier of(
      WorkflowId workflow, ResolvedSpec resolved, String requester, Rules rules) {
    return new Dossier(
        workflow,
        resolved,
        Generated.policies(resolved, workflow),
        requester,
        rules.admission(),
        rules.guardrails());
  }

  /** Digests of the policy sets in force. */
  public record Rules(Digest admission, Digest guardrails) {}

  /** The dossier's JSON; its canonical bytes are what the digest is over. */
  public Json.Obj canonicalForm() {
    return Json.object()
        .put("workflow", workflow.value())
        .put("requester", requester)
        .put("spec", resolved.spec().canonicalForm())
        .put("generated", generated.text())
        .put("slice", resolved.slice().canonicalForm())
        .put("admission", admission)
        .put("guardrails", guardrails)
        .build();
  }

  /** What approvals name. */
  public Digest digest() {
    return canonicalForm().digest();
  }
}
