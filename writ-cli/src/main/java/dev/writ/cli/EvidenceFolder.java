package dev.writ.cli;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.ledger.Attachment;
import dev.writ.operation.Blobs;
import dev.writ.operation.PayloadRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * What an exported ledger's facts refer to, beside the log's own files: {@code blobs/DIGEST} and
 * {@code payloads/ID.json}, the payloads still sealed.
 */
final class EvidenceFolder implements Blobs, PayloadRows {
  private static final Json.Bounds PAYLOAD = new Json.Bounds(32 << 20, 4, 64, true);

  private final Path folder;

  EvidenceFolder(Path folder) {
    this.folder = folder;
  }

  private Path blob(Digest digest) {
    return folder.resolve("blobs").resolve(digest.toString());
  }

  private Path payload(PayloadId id) {
    return folder.resolve("payloads").resolve(id.value() + ".json");
  }

  void put(Digest digest, byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve("blobs"));
    Files.write(blob(digest), bytes);
  }

  void put(PayloadId id, Json.Obj sealed) throws IOException {
    Files.createDirectories(folder.resolve("payloads"));
    Files.write(payload(id), sealed.canonical());
  }

  @Override
  public Optional<byte[]> find(Digest digest) {
    return read(blob(digest)).filter(bytes -> Digest.sha256(bytes).equals(digest));
  }

  @Override
  public Optional<Row> find(PayloadId id) {
    return read(payload(id))
        .flatMap(bytes -> Json.parseObject(bytes, PAYLOAD).found())
        .flatMap(json -> row(id, json));
  }

  /** Empty when the file does not say what an export writes: the payload then counts as erased. */
  private static Optional<Row> row(PayloadId id, Json.Obj json) {
    try {
      WorkflowId workflow = WorkflowId.parse(json.text("workflow").orElse("")).orThrow();
      Attachment.Payload payload =
          new Attachment.Payload(
              id,
              workflow,
              bytes(json.text("wrapped_key").orElse("")),
              bytes(json.text("sealed").orElse("")));
      Optional<Attachment.WorkflowKey> key =
          json.object("workflow_key")
              .map(k ->
                  new Attachment.WorkflowKey(
                      workflow,
                      k.text("master_key").orElse(""),
                      bytes(k.text("wrapped").orElse(""))));
      return Optional.of(new Row(payload, key));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Attachment.WorkflowKey keep(Attachment.WorkflowKey offered) {
    throw new IllegalStateException("an export takes no new keys");
  }
}
