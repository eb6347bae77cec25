package dev.writ.server.api;

import dev.writ.server.http.Door;
import dev.writ.server.http.Routes;
import java.util.List;

/** The door of the API: all resources, refusals as RFC 9457 problems. */
public final class ApiDoor implements Door {
  /** Longest body of any endpoint, a catalogue's: 4 MiB. */
  public static final int LONGEST_BODY = 4 << 20;

  private final List<Resource> resources;

  public ApiDoor(List<Resource> resources) {
    this.resources = List.copyOf(resources);
  }

  @Override
  public String name() {
    return "api";
  }

  @Override
  public Dialect dialect() {
    return Dialect.PROBLEM;
  }

  @Override
  public void open(Routes routes) {
    resources.forEach(r -> r.open(routes));
  }
}
