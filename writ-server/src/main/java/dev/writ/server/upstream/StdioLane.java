package dev.writ.server.upstream;

import dev.writ.base.Json;
import dev.writ.base.Text;
import dev.writ.server.runner.Runner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A tool server of the runner's own, started when first called and again after it ended. */
final class StdioLane implements Lane {
  private final Upstream.Stdio upstream;
  private final Runner runner;
  private final AtomicLong ids = new AtomicLong();
  private final ReentrantLock starting = new ReentrantLock();
  private volatile Optional<Life> life = Optional.empty();
  private volatile boolean closed;

  StdioLane(Upstream.Stdio upstream, Runner runner) {
    this.upstream = upstream;
    this.runner = runner;
  }

  /** One run of the program, from its start to its end. */
  private static final class Life implements Runner.Listener {
    private final Map<Long, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();
    private volatile Optional<Runner.Program> program = Optional.empty();
    private volatile Optional<String> over = Optional.empty();

    @Override
    public void line(String line) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      Optional<Json.Obj> message = Json.parseObject(bytes, Mcp.ANSWER).found();
      Optional<String> method = message.flatMap(m -> m.text("method"));
      Optional<Json> id = message.flatMap(m -> m.get("id"));
      if (method.isPresent()) {
        id.ifPresent(i -> reply(Mcp.reply(i, method.get())));
        return;
      }
      Optional<Long> number = message.flatMap(m -> m.integer("id"));
      if (number.isEmpty()) {
        // Who prints anything but messages cannot be trusted to answer anything.
        end("it printed something that is no message", Optional.of(bytes));
      } else {
        CompletableFuture<byte[]> waiter = waiting.remove(number.get());
        if (waiter != null) {
          waiter.complete(bytes);
        }
      }
    }

    private void reply(Json.Obj message) {
      try {
        send(message);
      } catch (IOException e) {
        end("the runner ended", Optional.empty());
      }
    }

    void send(Json.Obj message) throws IOException {
      Optional<Runner.Program> to = program;
      if (to.isPresent()) {
        to.get().send(WireJson.text(message));
      }
    }

    @Override
    public void ended(String why, String stderr) {
      String said = stderr.isBlank() ? "" : "; it said: " + Text.excerpt(stderr.strip());
      end(why + said, Optional.empty());
    }

    /**
     * {@code answer} goes to all who wait, and will not be understood; without it they hear why.
     */
    private void end(String why, Optional<byte[]> answer) {
      over = Optional.of(why);
      program.ifPresent(Runner.Program::close);
      for (Long id : java.util.List.copyOf(waiting.keySet())) {
        CompletableFuture<byte[]> waiter = waiting.remove(id);
        if (waiter != null) {
          answer.ifPresentOrElse(
              waiter::complete, () -> waiter.completeExceptionally(new IOException(why)));
        }
      }
    }
  }

  @Override
  public boolean isBusy() {
    return life.map(l -> !l.waiting.isEmpty()).orElse(false);
  }

  @Override
  public UpstreamAnswer call(UpstreamCall call, Deadline deadline) {
    Life running;
    try {
      running = running(deadline);
    } catch (UpstreamFault fault) {
      return fault.neverSent();
    }
    if (!call.permit().maySend()) {
      return new UpstreamAnswer.NeverSent(
          UpstreamAnswer.TOO_LATE, "the permission to send had run out");
    }
    long id = ids.incrementAndGet();
    try {
      return answer(running, id, Mcp.toolsCall(id, call), deadline);
    } catch (UpstreamFault fault) {
      return fault.afterSending();
    }
  }

  private UpstreamAnswer answer(Life running, long id, Json.Obj request, Deadline deadline)
      throws UpstreamFault {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    running.waiting.put(id, answer);
    try {
      if (running.over.isPresent()) {
        throw UpstreamFault.silent("ended", "the tool server ended: " + running.over.get());
      }
      running.send(request);
      byte[] bytes = answer.get(deadline.millis(), TimeUnit.MILLISECONDS);
      return switch (Answers.read(bytes, id)) {
        case Answers.Message.Answer(UpstreamAnswer got) -> got;
        case Answers.Message.Asks asks -> throw Answers.malformed("the answer is a request");
        case Answers.Message.Aside aside -> throw Answers.malformed("the answer is a notice");
      };
    } catch (IOException e) {
      throw UpstreamFault.silent("ended", "the runner ended");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String why = cause == null ? "unknown" : String.valueOf(cause.getMessage());
      throw UpstreamFault.silent("ended", "the tool server ended: " + why);
    } catch (TimeoutException e) {
      throw UpstreamFault.silent("timeout", "the tool server did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UpstreamFault.silent("interrupted", "the gateway is stopping");
    } finally {
      running.waiting.remove(id);
    }
  }

  private Life running(Deadline deadline) throws UpstreamFault {
    Optional<Life> ready = alive();
    if (ready.isPresent()) {
      return ready.get();
    }
    starting.lock();
    try {
      Optional<Life> made = alive();
      if (made.isPresent()) {
        return made.get();
      }
      if (closed) {
        throw UpstreamFault.silent("busy", "the tool server was just put away; try again");
      }
      Life fresh = start(deadline);
      life = Optional.of(fresh);
      return fresh;
    } finally {
      starting.unlock();
    }
  }

  private Optional<Life> alive() {
    return life.filter(l -> l.over.isEmpty());
  }

  private Life start(Deadline deadline) throws UpstreamFault {
    Life fresh = new Life();
    try {
      fresh.program = Optional.of(runner.open(upstream.command(), upstream.limits(), fresh));
      long id = ids.incrementAndGet();
      HttpLane.agreedVersion(answer(fresh, id, Mcp.initialize(id), deadline));
      fresh.send(Mcp.notification("notifications/initialized"));
      return fresh;
    } catch (IOException e) {
      throw UpstreamFault.silent("unreachable", String.valueOf(e.getMessage()));
    } catch (UpstreamFault fault) {
      fresh.end("it did not start properly", Optional.empty());
      throw fault;
    }
  }

  @Override
  public void close() {
    closed = true;
    life.ifPresent(l -> l.end("it is no longer needed", Optional.empty()));
    life = Optional.empty();
  }
}
