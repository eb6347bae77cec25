package dev.writ.spec;

import dev.writ.spec.Change.Kind;
import java.util.List;
import java.util.Optional;

/** Compares the terms of two specs: what holds for the whole workflow, whatever it is granted. */
final class TermChanges {
  private final Spec before;
  private final Spec after;
  private final List<Change> into;

  TermChanges(Spec before, Spec after, List<Change> into) {
    this.before = before;
    this.after = after;
    this.into = into;
  }

  void compare() {
    restated("name", List.of(before.name()), List.of(after.name()));
    restated("purpose", list(before.purpose().text()), list(after.purpose().text()));
    process();
    Owners was = before.owners();
    Owners is = after.owners();
    restated("owners.product", List.of(was.product()), List.of(is.product()));
    restated("owners.identity", list(was.identity()), list(is.identity()));
    restated("owners.security", list(was.security()), list(is.security()));
    stage();
    moved("identity.workload", before.identity().workload().id(), after.identity().workload().id());
    mode();
    permitted(
        "initiators",
        before.initiators().stream().map(Initiator::word).toList(),
        after.initiators().stream().map(Initiator::word).toList());
    longer("until", before.until(), after.until());
    TaskTerms old = before.task();
    TaskTerms now = after.task();
    longer("task.life", old.life(), now.life());
    longer("task.delegation.depth", old.depth(), now.depth());
    permitted("task.delegation.to", old.to(), now.to());
    // An event that revokes is a bound: with one less, access lives on.
    bounding(
        "revoke",
        before.revoke().stream().map(RevokeOn::word).toList(),
        after.revoke().stream().map(RevokeOn::word).toList());
  }

  private static List<String> list(Optional<String> text) {
    return text.map(List::of).orElse(List.of());
  }

  private void add(Kind kind, String part, List<String> was, List<String> is) {
    into.add(new Change(kind, Optional.empty(), part, was, is));
  }

  private void restated(String part, List<String> was, List<String> is) {
    if (!was.equals(is)) {
      add(Kind.RESTATED, part, was, is);
    }
  }

  /** Another one altogether: it has all that it had not, and the former nothing. */
  private void moved(String part, String was, String is) {
    if (!was.equals(is)) {
      add(Kind.WIDENED, part, List.of(was), List.of(is));
      add(Kind.NARROWED, part, List.of(was), List.of(is));
    }
  }

  /** A process is a condition of every grant; a purpose in words is none. */
  private void process() {
    Optional<String> was = before.purpose().process();
    Optional<String> is = after.purpose().process();
    if (was.isPresent() && !was.equals(is)) {
      add(Kind.WIDENED, "process", list(was), list(is));
    }
    if (is.isPresent() && !was.equals(is)) {
      add(Kind.NARROWED, "process", list(was), list(is));
    }
  }

  /** Guardrails may say anything of a stage, so only retiring is known to be narrower. */
  private void stage() {
    Stage was = before.stage();
    Stage is = after.stage();
    List<String> old = List.of(was.word());
    List<String> now = List.of(is.word());
    if (was != is && is != Stage.RETIRED) {
      add(Kind.WIDENED, "stage", old, now);
    }
    if (was != is && was != Stage.RETIRED) {
      add(Kind.NARROWED, "stage", old, now);
    }
  }

  /** Each of the other modes is less than acting on one's own; neither is within the other. */
  private void mode() {
    Mode was = before.identity().mode();
    Mode is = after.identity().mode();
    List<String> old = List.of(was.word());
    List<String> now = List.of(is.word());
    if (was != is && was != Mode.OWN) {
      add(Kind.WIDENED, "identity.mode", old, now);
    }
    if (was != is && is != Mode.OWN) {
      add(Kind.NARROWED, "identity.mode", old, now);
    }
  }

  private <T extends Comparable<T>> void longer(String part, T was, T is) {
    int order = is.compareTo(was);
    if (order != 0) {
      add(
          order > 0 ? Kind.WIDENED : Kind.NARROWED,
          part,
          List.of(was.toString()),
          List.of(is.toString()));
    }
  }

  private void permitted(String part, List<String> was, List<String> is) {
    if (!was.containsAll(is)) {
      add(Kind.WIDENED, part, was, is);
    }
    if (!is.containsAll(was)) {
      add(Kind.NARROWED, part, was, is);
    }
  }

  private void bounding(String part, List<String> was, List<String> is) {
    if (!is.containsAll(was)) {
      add(Kind.WIDENED, part, was, is);
    }
    if (!was.containsAll(is)) {
      add(Kind.NARROWED, part, was, is);
    }
  }
}
