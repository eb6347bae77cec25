package dev.writ.server.gateway;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All a gateway process is told, as one line of JSON on its standard input. It holds the secret, so
 * it goes through a pipe and never through arguments or the environment.
 *
 * @param settings where to listen and as what
 * @param issuer the {@code iss} of good tokens
 * @param keySet the issuer's {@code jwks_uri} as reachable from the gateway
 * @param authority where the {@link AuthorityDoor} is
 * @param secret the door's secret
 * @param destinations {@code host:port} of upstreams that are private or plain HTTP
 */
public record GatewayOrder(
    GatewaySettings settings,
    String issuer,
    URI keySet,
    URI authority,
    String secret,
    List<String> destinations) {
  public GatewayOrder {
    destinations = List.copyOf(destinations);
  }

  Json.Obj toJson() {
    return Json.object()
        .put("host", settings.host())
        .put("port", settings.port())
        .put("resource", settings.resource().toString())
        .put("authorizationServers", Json.strings(settings.authorizationServers()))
        .put("origins", Json.strings(settings.origins()))
        .put("issuer", issuer)
        .put("keySet", keySet.toString())
        .put("authority", authority.toString())
        .put("secret", secret)
        .put("destinations", Json.strings(destinations))
        .build();
  }

  static Parsed<GatewayOrder> parse(byte[] line) {
    return Json.parseObject(line, Json.Bounds.REQUEST).then(GatewayOrder::read);
  }

  private static Parsed<GatewayOrder> read(Json.Obj obj) {
    List<Problem> problems = new ArrayList<>();
    for (String name : List.of("host", "resource", "issuer", "keySet", "authority", "secret")) {
      if (obj.text(name).isEmpty()) {
        problems.add(new Problem(name, "`" + name + "` is missing", "name it"));
      }
    }
    Optional<Long> port = obj.integer("port");
    if (port.isEmpty() || port.get() < 0 || port.get() > 65_535) {
      problems.add(new Problem("port", "`port` is not 0 to 65535", "correct it"));
    }
    if (!problems.isEmpty()) {
      return Parsed.refused(problems);
    }
    try {
      GatewaySettings settings =
          new GatewaySettings(
              obj.text("host").orElseThrow(),
              Math.toIntExact(port.orElseThrow()),
              new URI(obj.text("resource").orElseThrow()),
              texts(obj, "authorizationServers"),
              texts(obj, "origins"));
      return Parsed.ok(
          new GatewayOrder(
              settings,
              obj.text("issuer").orElseThrow(),
              new URI(obj.text("keySet").orElseThrow()),
              new URI(obj.text("authority").orElseThrow()),
              obj.text("secret").orElseThrow(),
              texts(obj, "destinations")));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Parsed.refused("", String.valueOf(e.getMessage()), "correct the order");
    }
  }

  private static List<String> texts(Json.Obj obj, String name) {
    List<String> texts = new ArrayList<>();
    for (Json item : obj.array(name).orElse(List.of())) {
      if (item instanceof Json.Str(String text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "GatewayOrder[" + settings + ", authority=" + authority + "]";
  }
}
