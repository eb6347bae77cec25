package dev.writ.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.call.Calls;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreeingDrafterTest {
  private static final Quote QUOTE = new Quote(0, 3, "abc");

  private static Proposal.Item says(String path, String... values) {
    return new Proposal.Says(
        path, List.of(values), List.of(values).stream().map(v -> QUOTE).toList());
  }

  private static Proposal proposal(String drafter, List<Flag> flags, Proposal.Item... items) {
    return new Proposal(
        drafter, Intent.GRANT, flags, List.of(new Proposal.Part(Intent.GRANT, List.of(items))));
  }

  private static List<Proposal.Item> together(Proposal one, Proposal other) {
    Proposal both = AgreeingDrafter.together(one, other);
    assertThat(both.parts()).hasSize(1);
    return both.parts().getFirst().items();
  }

  @Test
  void whatBothSayAlikeIsSaid() {
    Proposal one =
        proposal("rules", List.of(), says("grants[0].resource", "a"), says("until", "P5D"));
    Proposal other =
        proposal("model", List.of(), says("until", "P5D"), says("grants[7].resource", "a"));
    assertThat(together(one, other)).isEqualTo(one.parts().getFirst().items());
    assertThat(AgreeingDrafter.together(one, other).drafter()).isEqualTo("rules and model");
  }

  @Test
  void whatTheySayDifferentlyIsUnclear() {
    Proposal one = proposal("rules", List.of(), says("until", "P5D"));
    Proposal other = proposal("model", List.of(), says("until", "P50D"));
    assertThat(together(one, other))
        .containsExactly(new Proposal.Unclear("until", List.of("P5D", "P50D"), List.of(QUOTE)));
  }

  @Test
  void whatOneAloneSaysIsUnclear() {
    Proposal one = proposal("rules", List.of(), says("until", "P5D"));
    Proposal other =
        proposal("model", List.of(), says("process", "p"), says("grants[0].resource", "a"));
    assertThat(together(one, other))
        .containsExactly(
            new Proposal.Unclear("until", List.of("P5D"), List.of(QUOTE)),
            new Proposal.Unclear("process", List.of("p"), List.of(QUOTE)),
            new Proposal.Unclear("grants[0].resource", List.of("a"), List.of(QUOTE)));
  }

  @Test
  void moreActionsOnALineAreUnclear() {
    Proposal one =
        proposal(
            "rules", List.of(), says("grants[0].resource", "a"), says("grants[0].actions", "read"));
    Proposal other =
        proposal(
            "model",
            List.of(),
            says("grants[1].resource", "a"),
            says("grants[1].actions", "read", "write"));
    assertThat(together(one, other))
        .containsExactly(
            says("grants[0].resource", "a"),
            new Proposal.Unclear("grants[0].actions", List.of("read", "write"), List.of(QUOTE)));
  }

  @Test
  void restrictionsAndFlagsOfEitherAreKept() {
    Proposal one =
        proposal("rules", List.of(Flag.HIDDEN_TEXT), says("prohibited[0].resource", "a"));
    Proposal other =
        proposal("model", List.of(Flag.IMPERSONATION), says("prohibited[0].resource", "b"));
    assertThat(together(one, other))
        .containsExactly(says("prohibited[0].resource", "a"), says("prohibited[1].resource", "b"));
    assertThat(AgreeingDrafter.together(one, other).flags())
        .containsExactly(Flag.HIDDEN_TEXT, Flag.IMPERSONATION);
  }

  @Test
  void aWorkflowOfOneAloneIsUnclearThroughout() {
    Proposal one = new Proposal("rules", Intent.NONE, List.of(), List.of());
    Proposal other = proposal("model", List.of(), says("grants[0].resource", "a"));
    assertThat(together(one, other))
        .containsExactly(new Proposal.Unclear("grants[0].resource", List.of("a"), List.of(QUOTE)));
  }

  @Test
  void outputsOfBothAreEvidence() {
    ModelOutput output = new ModelOutput("m", "v", ModelOutput.USED, "{}");
    Drafter rules = (prompt, lexicon) -> proposal("rules", List.of());
    Drafter model =
        new Drafter() {
          @Override
          public Proposal propose(Prompt prompt, Lexicon lexicon) {
            return proposal("model", List.of());
          }

          @Override
          public Drafted draft(Prompt prompt, Lexicon lexicon) {
            return new Drafted(propose(prompt, lexicon), List.of(output));
          }
        };
    Prompt prompt = Prompt.parse("abc", "noor.haddad", Calls.NOW).orThrow();
    assertThat(
            new AgreeingDrafter(rules, model).draft(prompt, Lexicon.of(Calls.CATALOGUE)).outputs())
        .containsExactly(output);
    assertThat(output.canonicalForm().text("digest")).isPresent();
  }
}
