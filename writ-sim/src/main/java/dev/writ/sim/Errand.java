package dev.writ.sim;

import dev.writ.base.Entropy;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Written;
import dev.writ.state.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real operation under way at one node, in a world of one thread. Operations wait inside their
 * calls to the ledger; here such a call breaks off instead, and once it is answered the operation
 * runs again from its start: whatever it asked before (states, clocks, answers) is told once more,
 * and its chance comes from the same seed, so that it arrives where it broke off.
 */
final class Errand<R> {
  private final Operation<R> operation;
  private final long seed;
  private final SimNode node;
  private final List<Object> told = new ArrayList<>();

  /** An operation over ports that belong to one errand. */
  @FunctionalInterface
  interface Operation<R> {
    R run(Ports ports);
  }

  /**
   * What an operation may be given of the world.
   *
   * @param clock the node's
   */
  record Ports(Ledger ledger, Entropy entropy, InstantSource clock) {}

  /** How far it came. */
  sealed interface Stand<R> {
    /** It wants this written, and waits for the answer. */
    record Writes<R>(Command<?> command) implements Stand<R> {}

    /** It waits for a state that is current. */
    record Confirms<R>() implements Stand<R> {}

    record Done<R>(R reply) implements Stand<R> {}

    /** The ledger could not decide, which at the door is a 503. */
    record Failed<R>(LedgerFault fault) implements Stand<R> {}
  }

  Errand(SimNode node, long seed, Operation<R> operation) {
    this.node = node;
    this.seed = seed;
    this.operation = operation;
  }

  SimNode node() {
    return node;
  }

  /** The answer to what it waits for. */
  void tell(Written<?> written) {
    told.add(written);
  }

  void tell(State confirmed) {
    told.add(confirmed);
  }

  void tell(LedgerFault fault) {
    told.add(fault);
  }

  /** Runs until it waits or is done. */
  Stand<R> go() {
    Retold ports = new Retold();
    try {
      return new Stand.Done<>(operation.run(new Ports(ports, new Chance(seed), ports::instant)));
    } catch (Waits waits) {
      return waits.command.<Stand<R>>map(Stand.Writes::new).orElseGet(Stand.Confirms::new);
    } catch (LedgerFault fault) {
      return new Stand.Failed<>(fault);
    }
  }

  /** Breaks an operation off where it would wait; nothing between there and here catches it. */
  private static final class Waits extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Command<?>> command;

    Waits(Optional<Command<?>> command) {
      super("waits", null, false, false);
      this.command = command;
    }
  }

  /** Tells what was told before in the same order, and then what is new. */
  private final class Retold implements Ledger {
    private int next;

    @Override
    @SuppressWarnings("unchecked") // the answer to the same question of the run before
    public <A> Written<A> write(Command<A> command) {
      return (Written<A>) again().orElseThrow(() -> new Waits(Optional.of(command)));
    }

    @Override
    public State published() {
      return (State) again().orElseGet(() -> fresh(node.pen().published().state()));
    }

    @Override
    public State confirmed() {
      return (State) again().orElseThrow(() -> new Waits(Optional.empty()));
    }

    Instant instant() {
      return (Instant) again().orElseGet(() -> fresh(node.clock().instant()));
    }

    private Optional<Object> again() {
      if (next == told.size()) {
        return Optional.empty();
      }
      Object answer = told.get(next);
      next++;
      if (answer instanceof LedgerFault fault) {
        throw fault;
      }
      return Optional.of(answer);
    }

    private Object fresh(Object value) {
      told.add(value);
      next++;
      return value;
    }
  }
}
