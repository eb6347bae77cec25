package dev.writ.server.gateway;

import java.net.URI;
import java.util.List;

/**
 * How one gateway is set up.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any free one
 * @param resource the MCP endpoint's public URL, which tokens name as audience; never inferred
 * @param authorizationServers issuers whose tokens are good here, at least one
 * @param origins origins of browsers that may call; requests with another {@code Origin} are
 *     refused
 */
public record GatewaySettings(
    String host, int port, URI resource, List<String> authorizationServers, List<String> origins) {
  public GatewaySettings {
    authorizationServers = List.copyOf(authorizationServers);
    origins = List.copyOf(origins);
    if (authorizationServers.isEmpty()) {
      throw new IllegalArgumentException("a gateway names at least one authorization server");
    }
    if (resource.getHost() == null || resource.getFragment() != null) {
      throw new IllegalArgumentException("not the URL of a resource: " + resource);
    }
  }

  /** Where RFC 9728 (section 3.1) puts the metadata of {@link #resource}. */
  URI metadataUrl() {
    return resource.resolve(metadataPath());
  }

  String metadataPath() {
    return "/.well-known/oauth-protected-resource" + resource.getRawPath();
  }
}
