package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.OwnerFiles;
import dev.writ.terminal.Remote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A workload at the authorization server, by hand: its key, and tokens in files. */
final class OauthCaller {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final int LONGEST_TOKEN = 64 << 10;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "the workload's key file, from `writ enrol redeem`")
  private Path key = Path.of("");

  /** Sends a request of the workload's to an endpoint. */
  Json.Obj send(Remote remote, String endpoint, Map<String, String> fields) {
    WorkloadKeyPair pair = WorkloadKeyPair.read(key);
    try (Api api = remote.anonymous()) {
      Map<String, String> all = new LinkedHashMap<>(fields);
      all.put("client_id", pair.workload());
      all.put("client_assertion_type", ASSERTION_TYPE);
      all.put("client_assertion", pair.assertion(Issuer.of(api), remote.world()));
      return api.form(endpoint, all);
    }
  }

  /** The token in a file. */
  static String token(Path file) {
    try {
      if (Files.size(file) <= LONGEST_TOKEN) {
        return Files.readString(file).strip();
      }
    } catch (IOException e) {
      // Told below, together with a file that is too long.
    }
    throw Failure.of(
        Exit.INPUT,
        "file-unreadable",
        "`" + file + "` holds no token",
        "name a file that `writ task open` or `writ token exchange` wrote");
  }

  /** Keeps a token in a file readable by its owner alone; says where, or the token itself. */
  static String keep(Json.Obj reply, Optional<Path> file) {
    String token = reply.text("access_token").orElseThrow();
    if (file.isEmpty()) {
      return token;
    }
    try {
      OwnerFiles.write(file.get(), (token + "\n").getBytes(StandardCharsets.US_ASCII));
      return "in " + file.get();
    } catch (IOException e) {
      throw Failure.of(
          Exit.CANNOT_RUN,
          "file-unwritable",
          "`" + file.get() + "` cannot be written: " + e.getMessage(),
          "name another file with --out");
    }
  }
}
