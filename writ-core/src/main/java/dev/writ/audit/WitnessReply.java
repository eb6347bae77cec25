package dev.writ.audit;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What a witness answers to {@code add-checkpoint} (C2SP tlog-witness v1.0.0). */
public sealed interface WitnessReply {
  /** The longest answer that is read, in bytes. */
  int LONGEST = 64 * 1024;

  /** 200: signature lines, not verified yet; {@link #cosign} does. */
  record Cosigned(List<NoteSignature> signatures) implements WitnessReply {
    public Cosigned {
      signatures = List.copyOf(signatures);
    }

    /**
     * The checkpoint with this witness's cosignature, which is verified; signatures by other keys
     * are ignored.
     */
    public Parsed<Note> cosign(Note checkpoint, NoteVerifier witness) {
      return new Note(checkpoint.text(), signatures)
          .verified(List.of(witness))
          .map(good -> checkpoint.with(List.of(good.getFirst())));
    }
  }

  /** 409 with a size: the witness has cosigned a checkpoint of this size; prove from there. */
  record OldSizeIs(long size) implements WitnessReply {}

  /** 409 without a size: the witness knows another root at this size. */
  record AnotherRoot() implements WitnessReply {}

  /** 404: the witness does not know this log. */
  record UnknownLog() implements WitnessReply {}

  /** 403: no signature by a key that the witness knows for this log. */
  record UntrustedSignature() implements WitnessReply {}

  /** 422: the checkpoint does not extend what the witness has seen. History was rewritten. */
  record Inconsistent() implements WitnessReply {}

  /** 400: the witness did not understand the request. */
  record BadRequest() implements WitnessReply {}

  /** Anything else: not a witness's answer, or a fault of its own. */
  record Unexpected(String why) implements WitnessReply {}

  /** Reads an answer. */
  static WitnessReply of(int status, String contentType, byte[] body) {
    return switch (status) {
      case 200 -> cosigned(body);
      case 400 -> new BadRequest();
      case 403 -> new UntrustedSignature();
      case 404 -> new UnknownLog();
      case 409 -> conflict(contentType, body);
      case 422 -> new Inconsistent();
      default -> new Unexpected("status " + status);
    };
  }

  private static WitnessReply cosigned(byte[] body) {
    if (body.length > LONGEST) {
      return new Unexpected("an answer of " + body.length + " bytes");
    }
    return switch (Note.parseSignatures(body)) {
      case Parsed.Ok<List<NoteSignature>>(List<NoteSignature> signatures) ->
          new Cosigned(signatures);
      case Parsed.Refused<List<NoteSignature>>(List<Problem> problems) ->
          new Unexpected(problems.getFirst().toString());
    };
  }

  private static WitnessReply conflict(String contentType, byte[] body) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!type.equals("text/x.tlog.size")) {
      return new AnotherRoot();
    }
    String text = new String(body, 0, Math.min(body.length, 32), StandardCharsets.ISO_8859_1);
    OptionalLong size =
        text.endsWith("\n")
            ? Decimal.parse(text.substring(0, text.length() - 1))
            : OptionalLong.empty();
    return size.isPresent()
        ? new OldSizeIs(size.getAsLong())
        : new Unexpected("a conflict without a size");
  }
}
