package dev.writ.cli;

import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;

/** Asks an authorization server what it calls itself (RFC 8414), since signatures name it. */
final class Issuer {
  private Issuer() {}

  static String of(Api api) {
    return api.get("/.well-known/oauth-authorization-server")
        .text("issuer")
        .orElseThrow(() ->
            Failure.of(
                Exit.SERVER,
                "not-writ",
                api.server() + " names no issuer",
                "check the URL after --server"));
  }
}
