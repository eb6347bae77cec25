package dev.writ.ledger;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.Parsed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The head row: where the log ends. Entries are folded only under a head whose seal is right.
 *
 * @param origin the checkpoint origin of the epoch
 * @param size how many entries
 * @param root RFC 6962 root over them
 * @param frontier the compact range: hashes of the perfect subtrees, largest first
 * @param at the last batch's clock
 * @param batch random id of the last batch, by which an unknown commit is recognised
 * @param holder the node that wrote it, to which others forward
 */
public record Head(
    String origin,
    long size,
    Digest root,
    List<Digest> frontier,
    Instant at,
    String batch,
    NodeId holder) {
  public Head {
    frontier = List.copyOf(frontier);
  }

  /** A head with the seal stored beside it. */
  @SuppressWarnings("ArrayRecordComponent") // compared by whoever checks the seal, in constant time
  public record Sealed(Head head, byte[] seal) {}

  /** The bytes that are sealed. */
  public byte[] canonical() {
    return Json.object()
        .put("at", at.toString())
        .put("batch", batch)
        .put("frontier", Json.strings(frontier.stream().map(Digest::toString).toList()))
        .put("holder", holder.value())
        .put("origin", origin)
        .put("root", root)
        .put("size", size)
        .build()
        .canonical();
  }

  /** Reads what {@link #canonical} gives. */
  public static Parsed<Head> parse(byte[] bytes) {
    return Json.parseObject(bytes, Json.Bounds.FACT).then(Head::parse);
  }

  private static Parsed<Head> parse(Json.Obj json) {
    try {
      List<Digest> frontier = new ArrayList<>();
      for (Json item : json.array("frontier").orElseThrow()) {
        frontier.add(Digest.parse(((Json.Str) item).value()).orThrow());
      }
      return Parsed.ok(
          new Head(
              json.text("origin").orElseThrow(),
              json.integer("size").orElseThrow(),
              Digest.parse(json.text("root").orElseThrow()).orThrow(),
              frontier,
              Instant.parse(json.text("at").orElseThrow()),
              json.text("batch").orElseThrow(),
              new NodeId(json.text("holder").orElseThrow())));
    } catch (java.util.NoSuchElementException
        | ClassCastException
        | DateTimeException
        | IllegalArgumentException e) {
      return Parsed.refused("head", "the head row does not parse", "restore the database");
    }
  }
}
