package dev.writ.server.api;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.PayloadId;
import dev.writ.fact.Fact;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Ledger;
import dev.writ.operation.Blobs;
import dev.writ.operation.PayloadRows;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import java.util.Base64;
import java.util.Optional;

/**
 * What facts refer to, for the auditor's duty: blobs, and payloads as they are sealed. Nothing is
 * opened here; whoever takes sealed payloads away still needs the master key.
 */
public final class EvidenceResource implements Resource {
  private static final String BYTES = "application/octet-stream";

  private final Ledger ledger;
  private final Blobs blobs;
  private final PayloadRows payloads;
  private final People people;

  public EvidenceResource(Ledger ledger, Blobs blobs, PayloadRows payloads, People people) {
    this.ledger = ledger;
    this.blobs = blobs;
    this.payloads = payloads;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes.get("/v1/blobs/{blob}", this::blob).get("/v1/payloads/{payload}", this::payload);
  }

  private Answer blob(Asked asked) {
    Optional<Answer> no = refusal(asked);
    if (no.isPresent()) {
      return no.get();
    }
    Digest digest = Body.path(asked, "blob", Digest::parse);
    return Answer.bytes(200, BYTES, blobs.find(digest).orElseThrow(EvidenceResource::absent));
  }

  private Answer payload(Asked asked) {
    Optional<Answer> no = refusal(asked);
    if (no.isPresent()) {
      return no.get();
    }
    PayloadId id = Body.path(asked, "payload", PayloadId::parse);
    PayloadRows.Row row = payloads.find(id).orElseThrow(EvidenceResource::absent);
    return Answer.json(200, json(row));
  }

  /** A stored payload as it is exported. */
  static Json.Obj json(PayloadRows.Row row) {
    Attachment.Payload payload = row.payload();
    Json.Builder out =
        Json.object()
            .put("payload", payload.id().value())
            .put("workflow", payload.workflow().value())
            .put("wrapped_key", base64(payload.wrappedKey()))
            .put("sealed", base64(payload.sealed()));
    row.key()
        .ifPresent(key ->
            out.put(
                "workflow_key",
                Json.object()
                    .put("master_key", key.masterKey())
                    .put("wrapped", base64(key.wrapped()))
                    .build()));
    return out.build();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private Optional<Answer> refusal(Asked asked) {
    String person = people.of(asked);
    return ledger.published().government().holds(person, Fact.Duty.AUDITOR)
        ? Optional.empty()
        : Optional.of(ProblemDialect.answer(new Refusal.DutyMissing(Fact.Duty.AUDITOR)));
  }

  private static Refused absent() {
    return new Refused(new HttpRefusal.NoSuchPath());
  }
}
