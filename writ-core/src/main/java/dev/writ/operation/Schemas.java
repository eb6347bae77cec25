package dev.writ.operation;

import dev.writ.catalogue.Catalogue;
import dev.writ.fact.Fact;
import dev.writ.policy.Schema;

/** The schema each kind of policy set must keep to. */
final class Schemas {
  private Schemas() {}

  static Schema of(Fact.PolicyKind kind, Catalogue catalogue) {
    String text =
        switch (kind) {
          case ADMISSION -> dev.writ.vocabulary.Schema.admission().text();
          case GUARDRAILS -> dev.writ.vocabulary.Schema.calls(catalogue).text();
        };
    return Schema.parse(text).orThrow();
  }
}
