package dev.writ.sim;

import static dev.writ.sim.Company.MATCHER;
import static dev.writ.sim.Company.expect;
import static dev.writ.sim.Company.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.WritId;
import dev.writ.fact.Fact;
import dev.writ.operation.AppointDuty;
import dev.writ.operation.OpenTask;
import dev.writ.operation.Refusal;
import dev.writ.operation.RenewToken;
import dev.writ.operation.RotateKey;
import dev.writ.operation.RotateMasterKey;
import dev.writ.state.Government;
import dev.writ.state.State;
import dev.writ.state.StateLines;
import dev.writ.state.StateReader;
import dev.writ.token.VerifiedToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Writ's own keys replaced over the real pen: by whom, when, and what becomes of what they signed.
 */
class RotateKeyTest {
  private static final String OPERATOR = "ilse.varga";

  private final FakeKeys keys = new FakeKeys();
  private final Company c = Company.founded(7, keys.first());

  @BeforeEach
  void operator() {
    new AppointDuty(c.ledger)
        .run(new AppointDuty.Request("helen.osei", OPERATOR, Fact.Duty.OPERATOR));
  }

  private RotateKey.Reply rotate(String by, Fact.KeyUse use, RotateKey.Former former) {
    return new RotateKey(c.ledger, keys)
        .run(new RotateKey.Request(by, use, Optional.empty(), former));
  }

  private RotateKey.Reply.Rotated rotated(Fact.KeyUse use, RotateKey.Former former) {
    RotateKey.Reply.Rotated reply =
        expect(RotateKey.Reply.Rotated.class, rotate(OPERATOR, use, former));
    keys.follow();
    return reply;
  }

  private Refusal refusal(RotateKey.Reply reply) {
    return expect(RotateKey.Reply.Refused.class, reply).refusal();
  }

  private String current(Fact.KeyUse use) {
    return Optional.ofNullable(government().keys().get(use)).orElseThrow().id();
  }

  private Government government() {
    return c.ledger.published().government();
  }

  @Test
  void onlyAnOperatorMayAndForOthersNoKeyIsDrawn() {
    int before = keys.drawn;
    assertThat(refusal(rotate("helen.osei", Fact.KeyUse.TOKEN, RotateKey.Former.REVOKE)))
        .isEqualTo(new Refusal.DutyMissing(Fact.Duty.OPERATOR));
    assertThat(keys.drawn).isEqualTo(before);
    assertThat(c.facts(Fact.CommandRefused.class))
        .contains(new Fact.CommandRefused("RotateKey", "duty-missing"));
    assertThat(c.facts(Fact.KeyRotated.class)).isEmpty();
  }

  @Test
  void whatTheFormerTokenKeySignedStaysGoodAndTheFormerKeyIsRemembered() {
    VerifiedToken token = c.token(c.writ());
    String first = current(Fact.KeyUse.TOKEN);
    RotateKey.Reply.Rotated reply = rotated(Fact.KeyUse.TOKEN, RotateKey.Former.OVERLAP);
    assertThat(reply.former()).isEqualTo(first);
    assertThat(current(Fact.KeyUse.TOKEN)).isEqualTo(reply.key().id());
    assertThat(government().former())
        .singleElement()
        .satisfies(f -> {
          assertThat(f.key().id()).isEqualTo(first);
          assertThat(f.replaced()).isEqualTo(c.now);
        });
    assertThat(c.active(token)).isTrue();
    sameAfterASnapshot();
  }

  private void sameAfterASnapshot() {
    State state = c.ledger.published();
    State read = StateReader.parse(StateLines.of(state)).orThrow();
    assertThat(StateLines.hash(read)).isEqualTo(StateLines.hash(state));
    assertThat(read.government()).isEqualTo(state.government());
  }

  @Test
  void whenTheTokenKeyIsRevokedEveryTokenIsDeadAndTasksGoOnWithNewOnes() {
    WritId writ = c.writ();
    VerifiedToken token = c.token(writ);
    rotated(Fact.KeyUse.TOKEN, RotateKey.Former.OVERLAP);
    assertThat(c.active(token)).isTrue();
    rotated(Fact.KeyUse.TOKEN, RotateKey.Former.REVOKE);
    assertThat(c.facts(Fact.FormerKeysRevoked.class))
        .containsExactly(new Fact.FormerKeysRevoked(Fact.KeyUse.TOKEN));
    assertThat(government().former()).isEmpty();
    assertThat(c.active(token)).isFalse();
    RenewToken renew =
        new RenewToken(
            c.ledger,
            draft -> new dev.writ.token.SignedToken(draft, "new"),
            c.entropy,
            Company.AUDIENCES);
    RenewToken.Reply.Issued fresh =
        expect(
            RenewToken.Reply.Issued.class,
            renew.run(
                new RenewToken.Request(
                    MATCHER, token.task(), List.of(), Optional.empty(), c.key())));
    assertThat(c.active(verified(fresh.token()))).isTrue();
    assertThat(c.active(token)).isFalse();
    // Revoking another kind's keys does nothing to tokens.
    rotated(Fact.KeyUse.STATEMENT, RotateKey.Former.REVOKE);
    assertThat(c.active(verified(fresh.token()))).isTrue();
    assertThat(expect(OpenTask.Reply.Opened.class, c.open(writ, c.key()))).isNotNull();
    sameAfterASnapshot();
  }

  @Test
  void whoeverWasInterruptedBeforeTheFactGoesOnWithTheSameKey() {
    Fact.PublicKey stored = keys.prepare(Fact.KeyUse.TOKEN, FakeKeys.ORIGIN);
    assertThat(rotated(Fact.KeyUse.TOKEN, RotateKey.Former.OVERLAP).key()).isEqualTo(stored);
    assertThat(rotated(Fact.KeyUse.TOKEN, RotateKey.Former.OVERLAP).key()).isNotEqualTo(stored);
  }

  @Test
  void aRequestThatNamesAKeyWhichIsGoneReplacesNothing() {
    String first = current(Fact.KeyUse.TOKEN);
    RotateKey.Request request =
        new RotateKey.Request(
            OPERATOR, Fact.KeyUse.TOKEN, Optional.of(first), RotateKey.Former.OVERLAP);
    RotateKey rotation = new RotateKey(c.ledger, keys);
    RotateKey.Reply.Rotated done = expect(RotateKey.Reply.Rotated.class, rotation.run(request));
    keys.follow();
    assertThat(refusal(rotation.run(request))).isEqualTo(new Refusal.KeyReplaced(done.key().id()));
    assertThat(c.facts(Fact.KeyRotated.class)).hasSize(1);
  }

  @Test
  void moreFormerKeysThanAreRememberedAreRefusedUntilADayHasPassed() {
    for (int i = 0; i < Government.MOST_FORMER; i++) {
      rotated(Fact.KeyUse.STATEMENT, RotateKey.Former.OVERLAP);
    }
    assertThat(refusal(rotate(OPERATOR, Fact.KeyUse.TOKEN, RotateKey.Former.OVERLAP)))
        .isEqualTo(new Refusal.LimitReached("former keys"));
    // Containment is never in anybody's queue: revoking frees what it revokes.
    rotated(Fact.KeyUse.STATEMENT, RotateKey.Former.REVOKE);
    rotated(Fact.KeyUse.TOKEN, RotateKey.Former.OVERLAP);
    c.now = c.now.plus(Government.FORMER_FOR).minus(Duration.ofNanos(1_000));
    rotated(Fact.KeyUse.TOKEN, RotateKey.Former.OVERLAP);
    assertThat(government().former()).hasSize(2);
    c.now = c.now.plus(Duration.ofNanos(1_000));
    rotated(Fact.KeyUse.TOKEN, RotateKey.Former.OVERLAP);
    assertThat(government().former()).hasSize(2);
  }

  @Test
  void theMasterKeyIsNamedByAFact() {
    RotateMasterKey rotation = new RotateMasterKey(c.ledger, keys);
    RotateMasterKey.Request stranger = new RotateMasterKey.Request("dan.okafor", Optional.empty());
    expect(RotateMasterKey.Reply.Refused.class, rotation.run(stranger));
    RotateMasterKey.Request request = new RotateMasterKey.Request(OPERATOR, Optional.of("mk_0"));
    RotateMasterKey.Reply.Rotated done =
        expect(RotateMasterKey.Reply.Rotated.class, rotation.run(request));
    assertThat(done.former()).isEqualTo("mk_0");
    assertThat(government().master()).contains(done.key());
    keys.follow();
    assertThat(expect(RotateMasterKey.Reply.Refused.class, rotation.run(request)).refusal())
        .isEqualTo(new Refusal.KeyReplaced(done.key()));
    sameAfterASnapshot();
  }
}
