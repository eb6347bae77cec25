package dev.writ.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.WorkflowId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is served when, and who finds no place. */
class PenQueueTest {
  private static final WorkflowId LOUD = new WorkflowId("wf_" + "1".repeat(26));
  private static final WorkflowId QUIET = new WorkflowId("wf_" + "2".repeat(26));
  private final PenQueue queue = new PenQueue(PenLimits.standard().queue(4, 3));

  @Test
  void workflowsTakeTurns() {
    queue.offer(command("a1", LOUD));
    queue.offer(command("a2", LOUD));
    queue.offer(command("a3", LOUD));
    queue.offer(command("b1", QUIET));
    assertThat(names(queue.take(10))).containsExactly("a1", "b1", "a2", "a3");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aTurnGoesOnWhereTheLastOneStopped() {
    queue.offer(command("a1", LOUD));
    queue.offer(command("a2", LOUD));
    queue.offer(command("b1", QUIET));
    assertThat(names(queue.take(1))).containsExactly("a1");
    assertThat(names(queue.take(1))).containsExactly("b1");
    assertThat(names(queue.take(1))).containsExactly("a2");
  }

  @Test
  void revocationsGoFirstAndHavePlacesOfTheirOwn() {
    assertThat(queue.offer(command("a1", LOUD))).isTrue();
    assertThat(queue.offer(command("a2", LOUD))).isTrue();
    assertThat(queue.offer(command("a3", LOUD))).isTrue();
    assertThat(queue.offer(command("a4", LOUD))).isFalse();
    assertThat(queue.offer(command("b1", QUIET))).isTrue();
    assertThat(queue.offer(command("b2", QUIET))).isFalse();
    for (int i = 1; i <= 4; i++) {
      assertThat(queue.offer(revocation("r" + i))).isTrue();
    }
    assertThat(queue.offer(revocation("r5"))).isFalse();
    assertThat(names(queue.take(5))).containsExactly("r1", "r2", "r3", "r4", "a1");
  }

  @Test
  void whatIsPutBackIsServedFirstInItsOrder() {
    queue.offer(command("a1", LOUD));
    queue.offer(command("b1", QUIET));
    List<Queued<?>> taken = queue.take(2);
    queue.offer(command("a2", LOUD));
    queue.putBack(taken);
    assertThat(names(queue.take(10))).containsExactly("a1", "b1", "a2");
  }

  @Test
  void theImpatientLeave() {
    queue.offer(command("a1", LOUD));
    queue.offer(new Queued<>(named("late", LOUD), new Nobody(), 5));
    assertThat(names(queue.expired(5))).containsExactly("late");
    assertThat(queue.size()).isEqualTo(1);
    assertThat(names(queue.take(10))).containsExactly("a1");
  }

  @Test
  void patienceSurvivesAClockThatWraps() {
    Queued<String> queued = new Queued<>(named("x", LOUD), new Nobody(), Long.MIN_VALUE + 5);
    assertThat(queued.expired(Long.MAX_VALUE - 5)).isFalse();
    assertThat(queued.expired(Long.MIN_VALUE + 5)).isTrue();
  }

  private static Queued<String> command(String name, WorkflowId workflow) {
    return new Queued<>(named(name, workflow), new Nobody(), Long.MAX_VALUE);
  }

  private static Command<String> named(String name, WorkflowId workflow) {
    return new Command<>(
        Command.Urgency.ORDINARY,
        Optional.of(workflow),
        Duration.ofSeconds(1),
        (state, now) -> Ruling.say(name));
  }

  private static Queued<String> revocation(String name) {
    return new Queued<>(
        Command.revocation((state, now) -> Ruling.say(name)), new Nobody(), Long.MAX_VALUE);
  }

  private static List<String> names(List<Queued<?>> commands) {
    return commands.stream()
        .map(q ->
            String.valueOf(
                q.command()
                    .rule()
                    .run(dev.writ.state.State.empty(), java.time.Instant.EPOCH)
                    .reply()))
        .toList();
  }

  private static final class Nobody implements Answer<String> {
    @Override
    public void written(Written<String> written) {}

    @Override
    public void failed(LedgerFault fault) {}
  }
}
