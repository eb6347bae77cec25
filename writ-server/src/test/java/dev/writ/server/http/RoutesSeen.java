package dev.writ.server.http;

import java.util.Map;
import java.util.Set;

/** What a door registers, for tests of other rooms. */
public final class RoutesSeen {
  private RoutesSeen() {}

  /** The methods of each path, in the order of the listing. */
  public static Map<String, Set<String>> of(Door door) {
    Routes routes = new Routes();
    door.open(routes);
    return routes.methods();
  }
}
