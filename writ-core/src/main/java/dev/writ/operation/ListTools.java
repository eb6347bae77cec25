package dev.writ.operation;

import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.catalogue.Tool;
import dev.writ.ledger.Ledger;
import dev.writ.state.Standing;
import dev.writ.state.State;
import java.time.InstantSource;
import java.util.List;

/**
 * The tools a token could call: those of the writ whose action the token's scope reaches at all.
 */
public final class ListTools {
  private final Ledger ledger;
  private final Library library;
  private final InstantSource clock;

  public ListTools(Ledger ledger, Library library, InstantSource clock) {
    this.ledger = ledger;
    this.library = library;
    this.clock = clock;
  }

  /** The verified token's task and id. */
  public record Request(TaskId task, TokenId token) {}

  public sealed interface Reply {
    record Listed(List<Tool> tools) implements Reply {
      public Listed {
        tools = List.copyOf(tools);
      }
    }

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    State state = ledger.confirmed();
    return switch (Standing.of(state, request.task(), request.token(), clock.instant())) {
      case Standing.Dead(Standing.Why why) -> new Reply.Refused(new Refusal.TokenNotLive(why));
      case Standing.Live live ->
          new Reply.Listed(
              library.writ(live.writ().issued()).slice().tools().stream()
                  .filter(t -> reaches(live, t))
                  .toList());
    };
  }

  private static boolean reaches(Standing.Live live, Tool tool) {
    return live.token().scope().permissions().stream()
        .anyMatch(p ->
            p.resource().equals(tool.mapping().resource())
                && p.environment().equals(tool.mapping().environment())
                && p.actions().contains(tool.mapping().action()));
  }
}
