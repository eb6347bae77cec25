package dev.writ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Problem;
import dev.writ.catalogue.Catalogue;
import dev.writ.spec.Spec;
import dev.writ.vocabulary.Shipped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecTemplateTest {
  private static final Catalogue CATALOGUE =
      Catalogue.parse(Shipped.text(Shipped.BRIGHTWATER).getBytes(StandardCharsets.UTF_8)).orThrow();

  private static List<Problem> problems(String text) {
    return Spec.parse(text.getBytes(StandardCharsets.UTF_8)).problems();
  }

  private static String filled(String template) {
    return template
        .replaceAll("(?m)^name: ", "name: x ")
        .replaceAll("(?m)^purpose: ", "purpose: to try it ")
        .replaceAll("product: ", "product: noor.haddad ")
        .replaceAll("identity:  ", "identity: iam-team  ")
        .replaceAll("security:  ", "security: secops  ")
        .replaceAll("(?m)^stage:  ", "stage: pilot  ")
        .replaceAll("workload: ", "workload: spiffe://brightwater.example/finance/x ")
        .replaceAll("mode: ", "mode: own ")
        .replaceAll("initiators: \\[]", "initiators: [human]")
        .replaceAll("actions: \\[] ", "actions: [read] ")
        .replaceAll("resource:  ", "resource: a/b  ")
        .replaceAll("environment: ", "environment: staging ")
        .replaceAll("targets: ", "targets: any ")
        .replaceAll("until: ", "until: 2030-01-01T00:00:00Z ")
        .replaceAll("life:  ", "life: PT5M  ")
        .replaceAll("revoke: \\[]", "revoke: [timeout]");
  }

  @Test
  void emptyItSaysOnlyWhatIsMissing() {
    String text = SpecTemplate.text(Optional.empty(), List.of());
    assertThat(problems(text))
        .isNotEmpty()
        .allSatisfy(
            p -> assertThat(p.what()).containsAnyOf("is missing", "is empty", "there is neither"));
    assertThat(text.lines().map(String::length)).allMatch(n -> n <= 80);
  }

  @Test
  void filledInItIsASpec() {
    assertThat(problems(filled(SpecTemplate.text(Optional.empty(), List.of())))).isEmpty();
  }

  @Test
  void aResourceOfTheCatalogueBringsItsChoicesAndTheTemplateItsValues() {
    String text =
        SpecTemplate.text(
            Optional.of(CATALOGUE), List.of(CATALOGUE.resource("ap-db/invoices").orElseThrow()));
    assertThat(text)
        .contains("resource: ap-db/invoices")
        .contains("# read, update, export")
        .contains("# staging, production")
        .contains("# {supplier: [ID, ...]}, or any")
        .contains("identity: iam-team")
        .contains("life: PT15M")
        .contains("revoke: [task-complete, timeout, owner-leaves, handoff]");
    assertThat(problems(filled(text))).isEmpty();
    assertThat(text.lines().map(String::length)).allMatch(n -> n <= 80);
  }
}
