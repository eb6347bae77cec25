package dev.writ.server.api;

import dev.writ.server.http.Routes;

/** The endpoints of one kind of thing. */
@FunctionalInterface
public interface Resource {
  void open(Routes routes);
}
