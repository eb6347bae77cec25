package dev.writ.server.oauth;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.TaskId;
import dev.writ.base.Text;
import dev.writ.base.WritId;
import dev.writ.server.http.Form;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code authorization_details} of a token request (RFC 9396, section 2): exactly one object of
 * type {@code urn:writ:task}; unknown members are refused.
 *
 * @param writ which writ to open a task of; absent on exchange
 * @param task which open task another token is wanted for, instead of a writ
 * @param requester for whom; the writ's requester, when named
 * @param permissions a wish for less; empty for all
 */
record TaskDetails(
    Optional<WritId> writ,
    Optional<TaskId> task,
    Optional<String> requester,
    List<Permission> permissions) {
  private static final String NAME = "authorization_details";

  TaskDetails {
    permissions = List.copyOf(permissions);
  }

  /** Reads the parameter; one without it wishes for nothing in particular. */
  static Parsed<TaskDetails> parse(Form form) {
    Optional<String> text = form.one(NAME);
    if (text.isEmpty()) {
      return Parsed.ok(
          new TaskDetails(Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
    }
    return Json.parse(text.get().getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST)
        .then(TaskDetails::parse);
  }

  private static Parsed<TaskDetails> parse(Json json) {
    if (!(json instanceof Json.Arr(List<Json> items))
        || items.size() != 1
        || !(items.getFirst() instanceof Json.Obj details)) {
      return Parsed.refused(NAME, "not an array of one object", "send one object in an array");
    }
    String type = details.text("type").orElse("");
    if (!type.equals(Scope.DETAILS_TYPE)) {
      return Parsed.refused(
          NAME + "[0].type",
          "unknown type `" + Text.excerpt(type) + "`",
          "use `" + Scope.DETAILS_TYPE + "`");
    }
    List<Problem> problems = new ArrayList<>();
    for (String name : details.members().keySet()) {
      if (!List.of("type", "writ", "task", "requester", "permissions").contains(name)) {
        problems.add(
            new Problem(
                Text.excerpt(name), "unknown member `" + Text.excerpt(name) + "`", "leave it out"));
      }
    }
    Optional<WritId> writ = Optional.empty();
    if (details.get("writ").isPresent()) {
      Parsed<WritId> parsed = WritId.parse(details.text("writ").orElse(""));
      parsed.problems().forEach(p -> problems.add(p.within("writ")));
      writ = parsed.found();
    }
    Optional<TaskId> task = Optional.empty();
    if (details.get("task").isPresent()) {
      Parsed<TaskId> parsed = TaskId.parse(details.text("task").orElse(""));
      parsed.problems().forEach(p -> problems.add(p.within("task")));
      task = parsed.found();
    }
    if (writ.isPresent() && task.isPresent()) {
      problems.add(new Problem("task", "beside a writ", "name the writ or the task"));
    }
    Optional<String> requester = details.text("requester");
    if (details.get("requester").isPresent() != requester.isPresent()) {
      problems.add(new Problem("requester", "not a string", "name a person"));
    }
    List<Permission> permissions = List.of();
    if (details.get("permissions").isPresent()) {
      Parsed<Scope> scope = Scope.parse(details.get("permissions").get());
      scope.problems().forEach(p -> problems.add(p.within("permissions")));
      permissions = scope.found().map(Scope::permissions).orElse(List.of());
    }
    return problems.isEmpty()
        ? Parsed.ok(new TaskDetails(writ, task, requester, permissions))
        : Parsed.refused(problems.stream().map(p -> p.within(NAME + "[0]")).toList());
  }
}
