package dev.writ.server.http;

import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The endpoints of a door: a path pattern may hold parameters such as {@code /tasks/{id}}. */
public final class Routes {
  private final List<Route> routes = new ArrayList<>();

  record Route(Method method, String path, Handling handling) {}

  Routes() {}

  public Routes get(String path, Handling handling) {
    return add(Method.GET, path, handling);
  }

  public Routes post(String path, Handling handling) {
    return add(Method.POST, path, handling);
  }

  public Routes put(String path, Handling handling) {
    return add(Method.PUT, path, handling);
  }

  public Routes delete(String path, Handling handling) {
    return add(Method.DELETE, path, handling);
  }

  private Routes add(Method method, String path, Handling handling) {
    routes.add(new Route(method, path, handling));
    return this;
  }

  List<Route> all() {
    return List.copyOf(routes);
  }

  /** Which methods each path has, in the order of the listing. */
  Map<String, Set<String>> methods() {
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (Route route : routes) {
      methods.computeIfAbsent(route.path(), p -> new LinkedHashSet<>()).add(route.method().text());
    }
    return methods;
  }
}
