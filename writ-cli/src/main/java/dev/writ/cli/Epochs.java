package dev.writ.cli;

import dev.writ.audit.EntryVisitor;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Problem;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The new epochs of a log that is being verified, noted on the way. */
final class Epochs implements EntryVisitor {
  private static final String TYPE = "\"type\":\"EpochOpened\"";

  private final EntryVisitor next;
  private final List<Opened> opened = new ArrayList<>();

  /** An epoch and the position of the fact that opened it. */
  private record Opened(long position, Fact.EpochOpened fact) {}

  Epochs(EntryVisitor next) {
    this.next = next;
  }

  @Override
  public Optional<Problem> visit(long position, byte[] entry, Digest leafHash) {
    // Entries are canonical, so the few that matter are found without reading all as facts.
    if (new String(entry, StandardCharsets.ISO_8859_1).contains(TYPE)
        && Entry.parse(entry).found().map(e -> e.recorded().fact()).orElse(null)
            instanceof Fact.EpochOpened fact) {
      opened.add(new Opened(position, fact));
    }
    return next.visit(position, entry, leafHash);
  }

  /** One object an epoch. */
  List<Json> json() {
    return opened.stream()
        .<Json>map(o ->
            Json.object()
                .put("epoch", o.fact().epoch())
                .put("origin", o.fact().origin())
                .put("opened_at", o.position())
                .put("lost_size", o.fact().lostSize())
                .put("lost_root", o.fact().lostRoot())
                .build())
        .toList();
  }

  /** One line an epoch, for people. */
  List<String> lines() {
    return opened.stream()
        .map(o ->
            String.format(
                Locale.ROOT,
                "  epoch    %d from entry %,d on; a log of %,d entries was given up for it",
                o.fact().epoch(),
                o.position(),
                o.fact().lostSize()))
        .toList();
  }
}
