package dev.writ.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.catalogue.Catalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tools become a catalogue by their words alone. */
class ToolCatalogueTest {
  private static final ToolSpec ADD =
      tool(
          """
          {"name":"add_guest_to_party","description":"Puts a guest on the list.",
           "parameters":{"properties":{"guest_email":{"description":"Who"},"note":{}},
                         "required":["guest_email"]}}
          """);
  private static final ToolSpec FIND =
      tool(
          """
          {"name":"findOldParties","description":"Finds parties.","parameters":{"properties":{}}}
          """);

  private static ToolSpec tool(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return ToolSpec.ofSchema(Json.parseObject(utf8, Json.Bounds.REQUEST).orThrow());
  }

  private static Catalogue catalogue(ToolSpec... tools) {
    return Catalogue.parse(new ToolCatalogue(Map.of("Parties", List.of(tools))).json()).orThrow();
  }

  @Test
  void theThingIsWhatStandsBetweenTheVerbAndAPreposition() {
    assertThat(ADD.object()).containsExactly("guest");
    assertThat(FIND.object()).containsExactly("old", "parties");
    assertThat(catalogue(ADD, FIND).resources().stream().map(r -> r.id()))
        .containsExactly("guest", "party");
  }

  @Test
  void anActionIsSaidByNameVerbAndDescription() {
    List<String> ways =
        catalogue(FIND).resource("party").orElseThrow().actions().get("findOldParties");
    assertThat(ways).contains("find old parties", "find", "find parties", "find old party");
    assertThat(catalogue(ADD).resource("guest").orElseThrow().actions().get("add_guest_to_party"))
        .contains("add guest to party", "add guest", "put guest");
  }

  @Test
  void aNameThatIsAVerbAloneIsAboutTheToolkit() {
    ToolSpec execute = new ToolSpec("Execute", "Execute a command.", List.of());
    assertThat(catalogue(execute).resources().getFirst().id()).isEqualTo("party");
  }

  @Test
  void twoVerbsAreTwoWays() {
    ToolSpec both = new ToolSpec("CreateOrUpdateEvent", "", List.of());
    assertThat(both.verbs()).containsExactly("create", "update");
    assertThat(both.object()).containsExactly("event");
  }

  @Test
  void readsAreKnownByTheirVerbUnlessTheyReachOutside() {
    assertThat(FIND.reads()).isTrue();
    assertThat(ADD.reads()).isFalse();
    ToolSpec.Parameter url = new ToolSpec.Parameter("page_url", "", true);
    assertThat(new ToolSpec("get_page", "", List.of(url)).reads()).isFalse();
  }

  @Test
  void parametersThatReachAreToldFromWhatIsSent() {
    assertThat(ADD.parameters().stream().filter(p -> p.reaches()).map(p -> p.name()))
        .containsExactly("guest_email");
  }
}
