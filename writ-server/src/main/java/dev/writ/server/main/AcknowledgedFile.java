package dev.writ.server.main;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.ledger.Acknowledged;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Fork;
import dev.writ.ledger.Head;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The node's memory of what it acknowledged, in two files that are written in turn, so that a write
 * torn by a power cut leaves the one before. They are not forced to the disk: with the machine's
 * power the database's latest commits may be newer than they, never older, and that is no fork.
 */
final class AcknowledgedFile implements Acknowledged {
  private static final Json.Bounds BOUNDS = new Json.Bounds(1 << 20, 3, 16, true);

  private final Path first;
  private final Path second;
  private final Path fork;
  private boolean toSecond;

  /**
   * @param stem the files' path without an ending
   */
  AcknowledgedFile(Path stem) {
    this.first = stem.resolveSibling(stem.getFileName() + ".1");
    this.second = stem.resolveSibling(stem.getFileName() + ".2");
    this.fork = stem.resolveSibling("fork.json");
  }

  @Override
  public Optional<Acknowledgement> load() {
    Optional<Acknowledgement> one = read(first);
    Optional<Acknowledgement> other = read(second);
    Optional<Acknowledgement> newest =
        Stream.concat(one.stream(), other.stream())
            .max(
                Comparator.comparingLong(Acknowledgement::epoch)
                    .thenComparingLong(Acknowledgement::size));
    // The newest must survive the next write.
    toSecond = newest.isPresent() && newest.equals(one);
    if (newest.isEmpty() && (Files.exists(first) || Files.exists(second))) {
      throw new UncheckedIOException(
          new IOException("neither " + first + " nor " + second + " can be read"));
    }
    return newest;
  }

  private static Optional<Acknowledgement> read(Path file) {
    try {
      return Json.parseObject(Files.readAllBytes(file), BOUNDS)
          .found()
          .flatMap(AcknowledgedFile::parse);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Acknowledgement> parse(Json.Obj json) {
    Optional<Digest> root = json.text("root").flatMap(r -> Digest.parse(r).found());
    Optional<byte[]> note = json.text("note").map(n -> Base64.getDecoder().decode(n));
    if (root.isEmpty() || note.isEmpty()) {
      return Optional.empty();
    }
    return json.text("origin")
        .flatMap(origin ->
            json.integer("epoch")
                .flatMap(epoch ->
                    json.integer("size")
                        .map(size ->
                            new Acknowledgement(origin, epoch, size, root.get(), note.get()))));
  }

  @Override
  public void save(Acknowledgement acknowledgement) {
    Path file = toSecond ? second : first;
    try {
      Files.write(file, json(acknowledgement).canonical());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    toSecond = !toSecond;
  }

  private static Json.Obj json(Acknowledgement a) {
    return Json.object()
        .put("origin", a.origin())
        .put("epoch", a.epoch())
        .put("size", a.size())
        .put("root", a.root())
        .put("note", Base64.getEncoder().encodeToString(a.note()))
        .build();
  }

  @Override
  public void keep(Fork found) {
    Json.Builder proof =
        Json.object().put("reason", found.reason().name()).put("detail", found.detail());
    found.acknowledged().ifPresent(a -> proof.put("acknowledged", json(a)));
    found.found().ifPresent(f -> proof.put("found", head(f)));
    try {
      DataHome.replace(fork, proof.build().canonical());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json.Obj head(Head.Sealed sealed) {
    return Json.object()
        .put("head", Base64.getEncoder().encodeToString(sealed.head().canonical()))
        .put("seal", Base64.getEncoder().encodeToString(sealed.seal()))
        .build();
  }
}
