package dev.writ.vocabulary;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.CedarJson;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.Value;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.writ.call.Recorded;
import dev.writ.policy.EntityUid;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** cedar-java, which checks our policies, schema, requests and entities against each other. */
public final class Oracle {
  private static final BasicAuthorizationEngine ENGINE = new BasicAuthorizationEngine();

  private Oracle() {}

  /** What strict validation says against the policies; empty when they fit the schema. */
  public static List<String> complaints(String schema, PolicySet policies) {
    try {
      ValidationResponse response =
          ENGINE.validate(
              new ValidationRequest(
                  Schema.parse(Schema.JsonOrCedar.Cedar, schema),
                  com.cedarpolicy.model.policy.PolicySet.parsePolicies(policies.text())));
      return response.validationPassed() ? List.of() : List.of(response.toString());
    } catch (AuthException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** Whether Cedar allows the request, after checking request and entities against the schema. */
  public static boolean allows(
      String schema, PolicySet policies, Request request, dev.writ.policy.Entities entities) {
    try {
      Map<String, Value> context =
          CedarJson.objectReader()
              .forType(new TypeReference<Map<String, Value>>() {})
              .readValue(
                  new String(
                      Recorded.request(request).get("context").orElseThrow().canonical(),
                      StandardCharsets.UTF_8));
      Entities known =
          Entities.parse(
              new String(Recorded.entities(entities).canonical(), StandardCharsets.UTF_8));
      AuthorizationResponse response =
          ENGINE.isAuthorized(
              new AuthorizationRequest(
                  uid(request.principal()),
                  uid(request.action()),
                  uid(request.resource()),
                  new Context(context),
                  Optional.of(Schema.parse(Schema.JsonOrCedar.Cedar, schema)),
                  true),
              com.cedarpolicy.model.policy.PolicySet.parsePolicies(policies.text()),
              known);
      return response
          .success
          .orElseThrow(() -> new AssertionError(response.toString()))
          .isAllowed();
    } catch (AuthException | JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static EntityUID uid(EntityUid uid) {
    return EntityUID.parse(uid.toString()).orElseThrow();
  }
}
