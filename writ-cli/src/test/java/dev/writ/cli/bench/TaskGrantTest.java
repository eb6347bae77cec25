package dev.writ.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.cli.bench.TaskGrant.Call;
import dev.writ.cli.bench.TaskGrant.Reads;
import dev.writ.draft.Intent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls a task's words cover. */
class TaskGrantTest {
  private static final ToolSpec.Parameter TO = new ToolSpec.Parameter("recipients", "", true);
  private static final ToolSpec.Parameter BODY = new ToolSpec.Parameter("body", "", true);
  private static final ToolSpec SEND = new ToolSpec("send_email", "", List.of(TO, BODY));
  private static final ToolSpec SEARCH =
      new ToolSpec("search_emails", "", List.of(new ToolSpec.Parameter("query", "", true)));
  private static final ToolSpec.Parameter CHANNEL = new ToolSpec.Parameter("channel", "", true);
  private static final ToolSpec.Parameter ID = new ToolSpec.Parameter("file_id", "", true);

  private static TaskGrant grant(String prompt, Reads reads, ToolSpec... granted) {
    return new TaskGrant(
        new ToolCatalogue.Drafted(Intent.GRANT, List.of(granted), List.of(), false),
        new NamedTargets(prompt),
        reads);
  }

  private static Call send(String... to) {
    return new Call(
        SEND,
        Json.object().put("recipients", Json.strings(List.of(to))).put("body", "anything").build());
  }

  @Test
  void aWriteIsPinnedToTheTargetsNamed() {
    TaskGrant grant = grant("Mail the minutes to ann@example.org.", Reads.FREE, SEND);
    assertThat(grant.covers(send("ann@example.org"))).isTrue();
    assertThat(grant.covers(send("ann@example.org", "eve@example.org"))).isFalse();
    assertThat(grant.covers(send("ann"))).as("part of an address").isFalse();
    assertThat(grant.stepUps(List.of(send("ann@example.org"), send("eve@example.org")))).isOne();
  }

  @Test
  void aToolThatIsNotGrantedIsAsked() {
    assertThat(grant("ann@example.org", Reads.FREE).covers(send("ann@example.org"))).isFalse();
  }

  @Test
  void readsAreFreeOnlyInTheirSetting() {
    Call search = new Call(SEARCH, Json.object().put("query", "x").build());
    assertThat(grant("Look.", Reads.FREE).covers(search)).isTrue();
    assertThat(grant("Look.", Reads.GRANTED).covers(search)).isFalse();
    assertThat(grant("Look.", Reads.GRANTED, SEARCH).covers(search)).isTrue();
  }

  @Test
  void whatThePromptForbidsIsNeverCovered() {
    TaskGrant grant =
        new TaskGrant(
            new ToolCatalogue.Drafted(Intent.GRANT, List.of(SEARCH), List.of(SEARCH), false),
            new NamedTargets("x"),
            Reads.FREE);
    Call search = new Call(SEARCH, Json.object().build());
    assertThat(grant.covers(search)).isFalse();
    assertThat(grant.possible(List.of(search))).isFalse();
    assertThat(grant.possible(List.of(send("ann@example.org")))).isTrue();
  }

  @Test
  void plainWordsCountBesideTheParametersOwn() {
    NamedTargets targets = new NamedTargets("Post it in the general channel, to Alice");
    assertThat(targets.name("general", CHANNEL)).isTrue();
    assertThat(targets.name("post", CHANNEL)).isFalse();
    assertThat(targets.name("Alice", CHANNEL)).isTrue();
    assertThat(new NamedTargets("Post it in 'random'").name("random", CHANNEL)).isTrue();
  }

  @Test
  void numbersCountOnlyAsNumbersOfSomething() {
    assertThat(new NamedTargets("Delete the file with ID '13'").name("13", ID)).isTrue();
    assertThat(new NamedTargets("Delete 13 files on May 13").name("13", ID)).isFalse();
  }

  @Test
  void webAddressesCountWithAndWithoutTheirScheme() {
    ToolSpec.Parameter url = new ToolSpec.Parameter("url", "", true);
    NamedTargets targets = new NamedTargets("Visit www.example.org/a.");
    assertThat(targets.name("https://www.example.org/a", url)).isTrue();
    assertThat(targets.name("www.example.org", url)).isFalse();
    assertThat(targets.name("www.example.org.evil.test", url)).isFalse();
  }

  @Test
  void whatAParameterNeedsIsMissedByItsKind() {
    assertThat(new NamedTargets("Write to Daniel").missing(TO)).isTrue();
    assertThat(new NamedTargets("Write to d@example.org").missing(TO)).isFalse();
    assertThat(new NamedTargets("Write to Daniel").missing(BODY)).isFalse();
    ToolSpec.Parameter date = new ToolSpec.Parameter("start_date", "", true);
    assertThat(new NamedTargets("Book me a flight").missing(date)).isTrue();
    assertThat(new NamedTargets("Book me a flight on April 3").missing(date)).isFalse();
  }
}
