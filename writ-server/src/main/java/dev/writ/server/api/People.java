package dev.writ.server.api;

import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.Refused;
import java.util.Locale;
import java.util.Optional;

/** Tells which person sent a request, by its bearer session. */
public final class People {
  private static final String SCHEME = "bearer ";

  private final Sessions sessions;

  public People(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The person signed in. Refuses a request without a session that lasts. */
  String of(Asked asked) {
    Optional<String> header = asked.header("Authorization");
    if (header.isEmpty()) {
      throw refuse("there is no session; sign in first");
    }
    String text = header.get();
    if (!text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw refuse("the session must be a bearer token");
    }
    return sessions
        .person(text.substring(SCHEME.length()).strip())
        .orElseThrow(() -> refuse("the session is over, or is another server's; sign in again"));
  }

  private static Refused refuse(String why) {
    return new Refused(new HttpRefusal.Unauthenticated(why));
  }
}
