package dev.writ.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.call.Calls;
import dev.writ.policy.PolicySet;
import dev.writ.spec.ResolvedSpec;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SchemaTest {
  @Test
  void generatedPoliciesFitTheSchema() {
    ResolvedSpec resolved = Calls.resolved(Calls.SPEC);
    assertThat(Oracle.complaints(Calls.SCHEMA, Calls.policies(resolved))).isEmpty();
    PolicySet typo =
        PolicySet.parse("permit(principal, action, resource) when { context.stagee == \"x\" };")
            .orThrow();
    assertThat(Oracle.complaints(Calls.SCHEMA, typo)).isNotEmpty();
  }

  @Test
  void everyAttributeOfTheSchemaIsInTheVocabularyAndBack() {
    TreeSet<String> documented = new TreeSet<>();
    for (Vocabulary.Attribute attribute : Vocabulary.all()) {
      String name = attribute.name().replace("?", "");
      documented.addAll(List.of(name.split("\\.")));
    }
    documented.remove("DIMENSION");
    documented.remove("NAME");
    TreeSet<String> written = new TreeSet<>();
    String common = Shipped.text("calls.cedarschema") + Schema.admission().text();
    Matcher field = Pattern.compile("(?m)^ +(\\w+)\\??: (?!\\[)").matcher(common);
    while (field.find()) {
      written.add(field.group(1));
    }
    written.remove("context");
    assertThat(written).isEqualTo(documented);
  }

  @Test
  void entitiesOfDifferentThingsNeverShareAnId() {
    assertThat(Uids.resource("n/a", "a/b")).isNotEqualTo(Uids.resource("n", "a/a/b"));
    assertThat(Uids.resource("n/a", "b").id()).isEqualTo("-/b");
    assertThat(Uids.resource("staging", "ap-db/invoices").toString())
        .isEqualTo("Resource::\"staging/ap-db/invoices\"");
  }
}
