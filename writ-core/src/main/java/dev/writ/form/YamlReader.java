package dev.writ.form;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Strangers' YAML to {@link Node}, over snakeyaml-engine's events with our own limits. */
final class YamlReader {
  private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]*)");
  private static final Pattern REAL =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

  /** Plain spellings that YAML 1.1, 1.2 and JSON tools take for different things. */
  private static final Pattern DOUBTFUL =
      Pattern.compile(
          "(?i)[-+]?(?:0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+|[0-9][0-9_]*|\\.[0-9]+|[0-9]+\\.[0-9]*)"
              + "(?:e[-+]?[0-9]*)?|[-+]?\\.inf|\\.nan|true|false|yes|no|on|off|null");

  private final ParserImpl parser;
  private final Node.Bounds bounds;
  private final Problems problems = new Problems();
  private int nodes;

  private YamlReader(ParserImpl parser, Node.Bounds bounds) {
    this.parser = parser;
    this.bounds = bounds;
  }

  static Parsed<Node> read(byte[] utf8, Node.Bounds bounds) {
    if (utf8.length > bounds.bytes()) {
      return Parsed.refused(
          "",
          "the document has " + utf8.length + " bytes, more than " + bounds.bytes(),
          "send a smaller one");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      return Parsed.refused("", "the document is not UTF-8", "save it as UTF-8");
    }
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(bounds.bytes()).setUseMarks(true).build();
    try {
      YamlReader reader =
          new YamlReader(new ParserImpl(settings, new StreamReader(settings, text)), bounds);
      Node root = reader.document();
      return reader.problems.answer(() -> root);
    } catch (Refusal refusal) {
      return Parsed.refused(List.of(refusal.problem));
    } catch (MarkedYamlEngineException e) {
      return Parsed.refused(
          at(Place.WHOLE, e.getProblemMark()).toString(),
          "not YAML: " + Text.excerpt(e.getProblem()),
          "check indentation, quotes and brackets around this line");
    } catch (YamlEngineException e) {
      String message = e.getMessage();
      return Parsed.refused(
          "",
          "not YAML: " + (message == null ? "unreadable" : Text.excerpt(message)),
          "check the document's syntax");
    }
  }

  private Node document() {
    expect(Event.ID.StreamStart);
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      throw refuse(Place.WHOLE, "the document is empty", "write at least one key");
    }
    DocumentStartEvent start = (DocumentStartEvent) expect(Event.ID.DocumentStart);
    if (start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
      throw refuse(Place.WHOLE, "the document starts with a directive", "leave out `%` lines");
    }
    Node root = node(parser.next(), Place.WHOLE, 0);
    expect(Event.ID.DocumentEnd);
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw refuse(Place.WHOLE, "a second document follows", "send one document a file");
    }
    return root;
  }

  private Event expect(Event.ID id) {
    Event event = parser.next();
    if (event.getEventId() != id) {
      throw refuse(at(Place.WHOLE, event.getStartMark()), "unreadable YAML", "check the syntax");
    }
    return event;
  }

  private Node node(Event event, Place outer, int depth) {
    Place place = at(outer, event.getStartMark());
    if (++nodes > bounds.nodes()) {
      throw refuse(place, "more than " + bounds.nodes() + " values", "send a smaller document");
    }
    if (depth > bounds.depth()) {
      throw refuse(place, "nested deeper than " + bounds.depth(), "send a flatter document");
    }
    if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
      throw refuse(place, "anchors and aliases are not read", "write the value out");
    }
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar, place);
      case SequenceStartEvent sequence -> {
        untagged(sequence.getTag(), place);
        yield sequence(place, depth);
      }
      case MappingStartEvent mapping -> {
        untagged(mapping.getTag(), place);
        yield mapping(place, depth);
      }
      default -> throw refuse(place, "a value was expected", "check the syntax");
    };
  }

  private Node sequence(Place place, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event e = parser.next(); e.getEventId() != Event.ID.SequenceEnd; e = parser.next()) {
      items.add(node(e, place.item(items.size(), place.line(), place.column()), depth + 1));
    }
    return new Node.Sequence(place, items);
  }

  private Node mapping(Place place, int depth) {
    List<Node.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Event e = parser.next(); e.getEventId() != Event.ID.MappingEnd; e = parser.next()) {
      Place keyPlace = at(place, e.getStartMark());
      // A number or boolean as a key has one spelling in JSON; what is doubtful has to be quoted.
      if (!(node(e, keyPlace, depth + 1) instanceof Node.Scalar key)) {
        throw refuse(keyPlace, "a key is not a single word or text", "write `key: value`");
      }
      if (key.kind() == Node.Kind.DOUBTFUL || key.kind() == Node.Kind.NULL) {
        problems.add(keyPlace, "`" + Text.excerpt(key.text()) + "` as a key", "put it in quotes");
      }
      Place member = place.member(Text.excerpt(key.text()), keyPlace.line(), keyPlace.column());
      Node value = node(parser.next(), member, depth + 1);
      if (keys.add(key.text())) {
        entries.add(new Node.Entry(key.text(), member, value));
      } else {
        problems.add(
            member, "`" + Text.excerpt(key.text()) + "` is given twice", "keep one of them");
      }
    }
    return new Node.Mapping(place, entries);
  }

  private Node.Scalar scalar(ScalarEvent event, Place place) {
    untagged(event.getTag(), place);
    String text = event.getValue();
    if (unpaired(text)) {
      throw refuse(place, "a text holds an unpaired surrogate", "send well-formed Unicode");
    }
    return new Node.Scalar(place, event.isPlain() ? kind(text) : Node.Kind.TEXT, text);
  }

  private static Node.Kind kind(String text) {
    return switch (text) {
      case "", "~", "null" -> Node.Kind.NULL;
      case "true", "false" -> Node.Kind.BOOLEAN;
      default -> {
        if (INTEGER.matcher(text).matches()) {
          yield text.equals("-0") ? Node.Kind.DOUBTFUL : Node.Kind.INTEGER;
        }
        if (REAL.matcher(text).matches()) {
          yield Node.Kind.REAL;
        }
        yield DOUBTFUL.matcher(text).matches() ? Node.Kind.DOUBTFUL : Node.Kind.TEXT;
      }
    };
  }

  private static boolean unpaired(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private void untagged(Optional<String> tag, Place place) {
    if (tag.isPresent()) {
      throw refuse(place, "tags are not read", "leave out `" + Text.excerpt(tag.get()) + "`");
    }
  }

  private static Place at(Place outer, Optional<Mark> mark) {
    return mark.map(m -> new Place(outer.path(), m.getLine() + 1, m.getColumn() + 1)).orElse(outer);
  }

  private static Refusal refuse(Place place, String what, String remedy) {
    return new Refusal(new Problem(place.toString(), what, remedy));
  }

  /** Leaves the recursion where reading on makes no sense. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Refusal(Problem problem) {
      super(problem.toString(), null, false, false);
      this.problem = problem;
    }
  }
}
