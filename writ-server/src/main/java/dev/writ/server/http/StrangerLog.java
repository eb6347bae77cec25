package dev.writ.server.http;

/** Counts what strangers send and is refused; nobody authenticated, so there is no fact of each. */
@FunctionalInterface
public interface StrangerLog {
  /**
   * One refusal.
   *
   * @param door the door's name
   * @param problem the refusal's stable name, never a stranger's text
   */
  void refused(String door, String problem);
}
