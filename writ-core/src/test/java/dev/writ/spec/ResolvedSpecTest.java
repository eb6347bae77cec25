package dev.writ.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.base.Problem;
import dev.writ.call.Calls;
import dev.writ.catalogue.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvedSpecTest {
  private static List<Problem> problems(String from, String to) {
    assertThat(Calls.SPEC).contains(from);
    Spec spec = Spec.parse(Calls.SPEC.replace(from, to).getBytes(UTF_8)).orThrow();
    return ResolvedSpec.resolve(spec, Calls.CATALOGUE).problems();
  }

  @Test
  void theSliceHoldsWhatTheSpecReachesAndNothingElse() {
    ResolvedSpec resolved = Calls.resolved(Calls.SPEC);
    assertThat(resolved.tools())
        .extracting(Tool::name)
        .containsExactly("list_invoices", "get_invoice", "update_invoice", "create_payment");
    assertThat(resolved.slice().resources())
        .extracting(dev.writ.catalogue.Resource::id)
        .containsExactly("ap-db", "ap-db/invoices", "ap-db/payments");
    assertThat(resolved.delegateWorkloads()).containsExactly(Calls.SUMMARISER);
    assertThat(resolved.scope().permissions()).hasSize(2);
    Slice again =
        Slice.parse(
                Json.parse(resolved.slice().canonicalForm().canonical(), Json.Bounds.REQUEST)
                    .orThrow())
            .orThrow();
    assertThat(again).isEqualTo(resolved.slice());
    assertThat(again.digest()).isEqualTo(resolved.slice().digest());
  }

  @Test
  void everyNameHasToResolve() {
    assertThat(problems("product: noor.haddad", "product: noor.hadad"))
        .extracting(Problem::remedy)
        .containsExactly("did you mean `noor.haddad`?");
    assertThat(problems("product: noor.haddad", "product: sam.reyes")).hasSize(1);
    assertThat(problems("product: noor.haddad", "product: lena.fischer")).hasSize(1);
    assertThat(problems("identity: iam-team", "identity: sam.reyes")).hasSize(1);
    assertThat(problems("identity: iam-team", "identity: nobody")).hasSize(1);
    assertThat(problems("process: finance/accounts-payable", "process: finance")).hasSize(1);
    assertThat(problems("finance/invoice-matcher", "finance/invoice-watcher")).hasSize(1);
    assertThat(problems("to: [summariser]", "to: [invoice-matcher]")).hasSize(1);
    assertThat(problems("to: [summariser]", "to: [somebody]")).hasSize(1);
    assertThat(problems("resource: ap-db/payments", "resource: ap-db/payment")).hasSize(1);
    assertThat(problems("actions: [create]", "actions: [erase]")).hasSize(1);
    assertThat(problems("actions: [export], resource: ap-db", "actions: [fly], resource: ap-db"))
        .hasSize(1);
  }

  @Test
  void targetsAreNamedOrSaidToBeAny() {
    assertThat(problems("targets: any", ""))
        .extracting(Problem::place)
        .containsExactly("grants[1].targets");
    assertThat(problems("[sup-118, sup-204]", "[sup-118, sup-999]")).hasSize(1);
    assertThat(problems("supplier: [sup-118, sup-204]", "region: [sup-118]")).hasSize(2);
    assertThat(
            problems(
                "resource: ap-db/payments\n    environment: staging",
                "resource: ap-db\n    environment: staging"))
        .isNotEmpty();
  }

  @Test
  void aLineCannotBeGrantedAndProhibited() {
    assertThat(problems("actions: [export], resource: ap-db", "actions: [update], resource: ap-db"))
        .extracting(Problem::place)
        .containsExactly("grants[0].actions");
    assertThat(
            problems(
                "actions: [export], resource: ap-db",
                "actions: [update], resource: ap-db, environment: production"))
        .isEmpty();
  }

  @Test
  void generatedPoliciesReadAsPeopleExpect() {
    String text = Calls.policies(Calls.resolved(Calls.SPEC)).text();
    assertThat(text)
        .contains("@id(\"grant-1\")\npermit(\n  principal in Workflow::\"wf_")
        .contains("action in [Action::\"read\", Action::\"update\"]")
        .contains("resource == Resource::\"staging/ap-db/invoices\"")
        .contains("[\"sup-118\", \"sup-204\"].containsAll(context.targets.supplier)")
        .contains("context.usage.rows < 5000")
        .contains("context.arguments.amount.lessThanOrEqual(decimal(\"1000.5\"))")
        .contains("@id(\"prohibited-1\")\nforbid(\n  principal in Workflow::\"wf_")
        .contains("resource in Asset::\"ap-db\"");
  }
}
