package dev.writ.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Person;
import dev.writ.catalogue.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The labels themselves: a wrong label would teach a wrong rule. */
class LabelledPromptsTest {
  private static final List<String> SLOTS =
      List.of("subject", "owner", "purpose", "duration", "resource", "action", "environment");

  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyLabelOfTheOrchardFitsItsCatalogueAndItsPrompt() throws IOException {
    Path folder = SharedFolder.own("vectors/drafting/orchard").orElseThrow();
    Catalogue catalogue =
        Catalogue.parse(Files.readAllBytes(folder.resolve("catalogue.json"))).orThrow();
    Set<String> ids = new HashSet<>();
    for (Json.Obj record : SharedFolder.lines(folder.resolve("prompts.jsonl"))) {
      String id = record.text("id").orElseThrow();
      require(ids.add(id), id, "the id stands twice");
      spans(id, record);
      Json.Obj expect = record.object("expect").orElseThrow();
      for (Json workflow : expect.array("workflows").orElseThrow()) {
        workflow(id, (Json.Obj) workflow, catalogue);
      }
      for (Json canary : expect.array("must_not").orElseThrow()) {
        entry(id, (Json.Obj) canary, catalogue);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(ids).hasSizeGreaterThan(100);
  }

  private void require(boolean right, String id, String what) {
    if (!right) {
      wrong.add(id + ": " + what);
    }
  }

  private void spans(String id, Json.Obj record) {
    int[] prompt = record.text("prompt").orElseThrow().codePoints().toArray();
    for (Json one : record.array("spans").orElseThrow()) {
      Json.Obj span = (Json.Obj) one;
      int start = Math.toIntExact(span.integer("start").orElseThrow());
      int end = Math.toIntExact(span.integer("end").orElseThrow());
      boolean there = start < end && end <= prompt.length;
      String text = there ? new String(prompt, start, end - start) : "";
      require(text.equals(span.text("text").orElseThrow()), id, "no such span: " + span);
    }
  }

  private void workflow(String id, Json.Obj workflow, Catalogue catalogue) {
    Optional<String> subject = workflow.text("subject");
    require(subject.map(s -> catalogue.agent(s).isPresent()).orElse(true), id, "no such agent");
    Optional<Person> owner = workflow.text("owner").flatMap(catalogue::person);
    require(owner.isPresent() == workflow.text("owner").isPresent(), id, "no such owner");
    require(owner.map(Person::eligible).orElse(true), id, "the owner may not own");
    Optional<String> process = workflow.object("purpose").flatMap(p -> p.text("process"));
    require(process.map(p -> catalogue.process(p).isPresent()).orElse(true), id, "no such process");
    for (String section : List.of("access", "prohibited", "acceptable_access")) {
      for (Json entry : workflow.array(section).orElse(List.of())) {
        entry(id, (Json.Obj) entry, catalogue);
      }
    }
    if (workflow.text("intent").equals(Optional.of("grant"))) {
      states(id, workflow);
    }
  }

  private void entry(String id, Json.Obj entry, Catalogue catalogue) {
    Optional<Resource> resource = catalogue.resource(entry.text("resource").orElseThrow());
    require(resource.isPresent(), id, "no such resource: " + entry);
    if (resource.isPresent()) {
      for (Json action : entry.array("actions").orElseThrow()) {
        String name = ((Json.Str) action).value();
        require(resource.get().actions().containsKey(name), id, "no such action: " + name);
      }
      Optional<String> environment = entry.text("environment");
      require(
          environment.map(e -> resource.get().environments().contains(e)).orElse(true),
          id,
          "no such environment: " + environment);
    }
  }

  /** Each slot of a grant is filled, a gap or an ambiguity; a resource may be clear in part. */
  private void states(String id, Json.Obj workflow) {
    Set<String> gaps = new HashSet<>();
    workflow.array("gaps").orElseThrow().forEach(g -> gaps.add(((Json.Str) g).value()));
    Set<String> doubts = new HashSet<>();
    for (Json doubt : workflow.array("ambiguities").orElseThrow()) {
      doubts.add(((Json.Obj) doubt).text("slot").orElseThrow());
    }
    List<Json> access = workflow.array("access").orElseThrow();
    for (String slot : SLOTS) {
      boolean open = gaps.contains(slot) || doubts.contains(slot);
      require(!(gaps.contains(slot) && doubts.contains(slot)), id, slot + " is open twice");
      boolean filled =
          switch (slot) {
            case "resource" -> !access.isEmpty();
            case "action" -> access.stream().noneMatch(e -> actions(e).isEmpty());
            case "environment" ->
                access.stream().allMatch(e -> ((Json.Obj) e).text(slot).isPresent());
            default -> !workflow.get(slot).orElse(new Json.Null()).equals(new Json.Null());
          };
      boolean partly = slot.equals("resource") && doubts.contains(slot) && filled;
      boolean nowhere = access.isEmpty() && List.of("action", "environment").contains(slot);
      require(filled != open || partly || nowhere, id, slot + " is not in one state");
    }
  }

  private static List<Json> actions(Json entry) {
    return ((Json.Obj) entry).array("actions").orElse(List.of());
  }
}
