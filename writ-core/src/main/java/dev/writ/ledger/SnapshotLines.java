package dev.writ.ledger;

import dev.writ.audit.Tile;
import dev.writ.audit.TilePath;
import dev.writ.audit.TreeEdge;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.fact.Fields;
import dev.writ.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first line of a snapshot: what a standing is besides its state. The state's lines follow
 * ({@link dev.writ.state.StateLines}).
 */
final class SnapshotLines {
  private static final int VERSION = 1;

  private static final Json.Bounds BOUNDS = new Json.Bounds(256 << 10, 8, 5_000, true);

  private SnapshotLines() {}

  /** What the first line says. */
  record First(long size, Optional<Digest> last, TreeEdge edge) {
    Parsed<Standing> with(State state) {
      if (state.size() != size) {
        return Parsed.refused("", "tree and state differ in size", "use another snapshot");
      }
      return Parsed.ok(new Standing(state, edge, last));
    }
  }

  static byte[] first(Standing standing) {
    List<Json> tiles = new ArrayList<>();
    for (Tile tile : standing.edge().partialTiles()) {
      tiles.add(
          Json.object()
              .put("hashes", Json.strings(tile.hashes().stream().map(Digest::toString).toList()))
              .put("level", tile.path().level())
              .build());
    }
    Json.Builder out = Json.object().put("edge", Json.array(tiles)).put("kind", "snapshot");
    standing.last().ifPresent(last -> out.put("last", last));
    byte[] json = out.put("size", standing.size()).put("v", VERSION).build().canonical();
    byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  static Parsed<First> parse(byte[] line) {
    return Json.parseObject(line, BOUNDS).then(SnapshotLines::parse);
  }

  private static Parsed<First> parse(Json.Obj json) {
    try {
      Fields f = new Fields(json, "snapshot");
      if (!f.text("kind").equals("snapshot") || f.integer("v") != VERSION) {
        return Parsed.refused("", "not a snapshot this build reads", "use another snapshot");
      }
      long size = f.integer("size");
      Optional<Digest> last = f.maybe("last", Digest::parse);
      List<Tile> tiles = new ArrayList<>();
      for (Json item : f.array("edge")) {
        tiles.add(tile(size, item));
      }
      f.end();
      return Parsed.ok(new First(size, last, TreeEdge.of(size, tiles)));
    } catch (Fields.Bad bad) {
      return Parsed.refused(List.of(bad.problem()));
    } catch (IllegalArgumentException e) {
      Problem problem = new Problem("", String.valueOf(e.getMessage()), "use another snapshot");
      return Parsed.refused(List.of(problem));
    }
  }

  private static Tile tile(long size, Json item) {
    if (!(item instanceof Json.Obj obj)) {
      throw new IllegalArgumentException("a tile is an object");
    }
    Fields f = new Fields(obj, "snapshot.edge");
    int level = f.small("level");
    List<Digest> hashes = new ArrayList<>();
    for (String hash : f.texts("hashes")) {
      hashes.add(Digest.parse(hash).orThrow());
    }
    f.end();
    long index = TilePath.hashesAt(level, size) / TilePath.FULL;
    return new Tile(new TilePath.Hashes(level, index, hashes.size()), hashes);
  }
}
