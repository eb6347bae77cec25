package dev.writ.audit;

import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads tile paths of strangers (C2SP tlog-tiles, Merkle Tree and Log entries). */
final class TilePathReader {
  private static final int LONGEST = 64;
  private static final Pattern PATH =
      Pattern.compile(
          "tile/(?:entries|(?<level>[0-9]{1,2}))"
              + "/(?<index>(?:x[0-9]{3}/){0,5}[0-9]{3})"
              + "(?:\\.p/(?<width>[0-9]{1,3}))?");

  private TilePathReader() {}

  static Parsed<TilePath> read(String path) {
    if (path.length() > LONGEST) {
      return notATile(path);
    }
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return notATile(path);
    }
    long index = Long.parseLong(parts.group("index").replace("x", "").replace("/", ""));
    String widthText = parts.group("width");
    int width = widthText == null ? TilePath.FULL : Integer.parseInt(widthText);
    String levelText = parts.group("level");
    int level = levelText == null ? 0 : Integer.parseInt(levelText);
    if (index > TilePath.LARGEST_INDEX
        || width < 1
        || width > TilePath.FULL
        || level > TilePath.HIGHEST_LEVEL) {
      return notATile(path);
    }
    TilePath tile =
        levelText == null
            ? new TilePath.Entries(index, width)
            : new TilePath.Hashes(level, index, width);
    // One tile, one path: leading zeroes, x000 and .p/256 are other spellings of it.
    return tile.path().equals(path) ? Parsed.ok(tile) : notATile(path);
  }

  private static Parsed<TilePath> notATile(String path) {
    return Parsed.refused(
        "",
        "`" + Text.excerpt(path) + "` is not the path of a tile",
        "write tile/<level>/<index> or tile/entries/<index>, the index in groups of three digits"
            + " as in x001/x234/067, then .p/<width> when it is partial");
  }
}
