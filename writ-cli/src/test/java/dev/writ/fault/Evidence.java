package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.audit.Ed25519Key;
import dev.writ.audit.LedgerTree;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.Verdict;
import dev.writ.audit.VerifierKey;
import dev.writ.base.CallId;
import dev.writ.cli.Cli;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.terminal.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A ledger as an auditor takes it away: exported by the command, verified from the files alone. */
record Evidence(Path folder, List<Entry> entries) {
  /**
   * Exports the whole ledger and verifies it.
   *
   * @param since a checkpoint kept earlier
   * @param key the key as {@code init} or the server said it before the fault
   */
  static Evidence take(Site site, URI server, Optional<byte[]> since, String key)
      throws IOException {
    Path folder = Files.createTempDirectory(site.folder(), "evidence-").resolve("ledger");
    World auditor =
        new World(
            Map.of("WRIT_HOME", folder.resolveSibling("auditor").toString()),
            site.folder(),
            InputStream.nullInputStream(),
            false,
            Clock.systemUTC(),
            new SecureRandom()::nextBytes);
    run(auditor, "login", "--as", Company.AUDITOR, "--server", server.toString());
    run(auditor, "ledger", "export", folder.toString(), "--server", server.toString());
    return read(folder, since, key);
  }

  private static void run(World world, String... arguments) {
    StringWriter errors = new StringWriter();
    PrintWriter out = new PrintWriter(Writer.nullWriter());
    int status = Cli.of(world, out, new PrintWriter(errors)).execute(arguments);
    assertThat(status).as(errors.toString()).isZero();
  }

  private static Evidence read(Path folder, Optional<byte[]> since, String key) {
    List<Entry> entries = new ArrayList<>();
    VerifierKey verifier = VerifierKey.parse(key.strip()).orThrow();
    LedgerTree tree =
        new LedgerTree(
            path -> bytes(folder.resolve(path)), new NoteVerifier(verifier, Ed25519Key::verify));
    Verdict verdict =
        tree.verify(
            since,
            (position, bytes, leaf) -> {
              entries.add(Entry.parse(bytes).orThrow());
              return Optional.empty();
            });
    assertThat(verdict).isInstanceOf(Verdict.Sound.class);
    return new Evidence(folder, entries);
  }

  private static Optional<byte[]> bytes(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something of every fact of a kind. */
  <F extends Fact> Set<String> of(Class<F> kind, Function<F, String> what) {
    Set<String> all = new LinkedHashSet<>();
    for (Entry entry : entries) {
      Fact fact = entry.recorded().draft().fact();
      if (kind.isInstance(fact)) {
        all.add(what.apply(kind.cast(fact)));
      }
    }
    return all;
  }

  /** The tasks that facts of a kind are about. */
  Set<String> tasks(Class<? extends Fact> kind) {
    Set<String> all = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (kind.isInstance(entry.recorded().draft().fact())) {
        all.add(entry.recorded().draft().about().task().orElseThrow().value());
      }
    }
    return all;
  }

  /** The nodes that recorded the return of calls of both sets. */
  Set<String> recorders(Set<String> some, Set<String> others) {
    Set<String> nodes = new LinkedHashSet<>(recorders(some));
    nodes.retainAll(recorders(others));
    return nodes;
  }

  private Set<String> recorders(Set<String> calls) {
    Set<String> nodes = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (entry.recorded().draft().fact() instanceof Fact.CallReturned returned
          && calls.contains(returned.call().value())) {
        nodes.add(entry.recorded().draft().by().name());
      }
    }
    return nodes;
  }

  /** The ids of calls that were allowed. */
  Set<String> allowed() {
    Set<String> all = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (entry.recorded().draft().fact() instanceof Fact.CallDecided decided
          && decided.verdict().decision() == Fact.Decision.ALLOW) {
        all.add(decided.call().value());
      }
    }
    return all;
  }

  /** The ids of calls that were allowed, without those that never left the gateway. */
  Set<String> sent() {
    Set<String> all = allowed();
    for (Entry entry : entries) {
      if (entry.recorded().draft().fact() instanceof Fact.CallLost(CallId call, Fact.Sent sent)
          && sent == Fact.Sent.NEVER) {
        all.remove(call.value());
      }
    }
    return all;
  }

  /** The ids of calls that have an outcome, lost ones included. */
  Set<String> ended() {
    Set<String> all = new LinkedHashSet<>();
    all.addAll(of(Fact.CallReturned.class, f -> f.call().value()));
    all.addAll(of(Fact.CallFailed.class, f -> f.call().value()));
    all.addAll(of(Fact.CallLost.class, f -> f.call().value()));
    return all;
  }
}
