package dev.writ.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.NodeId;
import dev.writ.fact.Fact;
import dev.writ.operation.AppointDuty;
import dev.writ.operation.JoinCodes;
import dev.writ.operation.JoinNode;
import dev.writ.operation.OfferNode;
import dev.writ.operation.Refusal;
import dev.writ.state.Government;
import dev.writ.state.State;
import dev.writ.state.StateLines;
import dev.writ.state.StateReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An operator offers, a node joins: a code is good once, whole, and for ten minutes. */
class JoinNodeTest {
  private static final JoinCodes CODES = offer -> offer + "." + Digest.ofText(offer.value());
  private static final JoinCodes OTHER = offer -> offer + ".other";

  private final Company company = Company.founded(4);
  private final OfferNode offers = new OfferNode(company.ledger, CODES, company.entropy);
  private final JoinNode joins = new JoinNode(company.ledger, CODES);
  private final NodeId node = NodeId.fresh(company.entropy);

  private EnrolmentId offered() {
    new AppointDuty(company.ledger)
        .run(new AppointDuty.Request("helen.osei", "petra.lang", Fact.Duty.OPERATOR));
    OfferNode.Reply reply = offers.run(new OfferNode.Request("petra.lang"));
    assertThat(reply).isInstanceOf(OfferNode.Reply.Offered.class);
    OfferNode.Reply.Offered offered = (OfferNode.Reply.Offered) reply;
    assertThat(offered.until()).isEqualTo(company.now.plus(OfferNode.LIFE));
    assertThat(offered.code()).contains(".");
    String id = offered.code().substring(0, offered.code().indexOf('.'));
    return EnrolmentId.parse(id).orThrow();
  }

  private JoinNode.Reply join(EnrolmentId offer) {
    return joins.run(new JoinNode.Request(offer, node));
  }

  private static final JoinNode.Reply INVALID =
      new JoinNode.Reply.Refused(new Refusal.JoinInvalid());

  @Test
  void aCodeIsGoodOnce() {
    EnrolmentId offer = offered();
    same(company.ledger.published());
    assertThat(join(offer)).isInstanceOf(JoinNode.Reply.Joined.class);
    assertThat(join(offer)).isEqualTo(INVALID);
    assertThat(company.ledger.published().government().offered()).isEmpty();
    same(company.ledger.published());
  }

  @Test
  void aCodeIsGoodForTenMinutesToTheMillisecond() {
    EnrolmentId first = offered();
    EnrolmentId second = offered();
    company.now = company.now.plus(OfferNode.LIFE).minusMillis(1);
    assertThat(join(first)).isInstanceOf(JoinNode.Reply.Joined.class);
    company.now = company.now.plusMillis(1);
    assertThat(join(second)).isEqualTo(INVALID);
  }

  @Test
  void aCodeNobodyOfferedOrOfOtherKeysIsNone() {
    assertThat(join(EnrolmentId.fresh(company.entropy))).isEqualTo(INVALID);
    EnrolmentId offer = offered();
    assertThat(new JoinNode(company.ledger, OTHER).run(new JoinNode.Request(offer, node)))
        .isEqualTo(INVALID);
    assertThat(join(offer)).isInstanceOf(JoinNode.Reply.Joined.class);
  }

  @Test
  void onlyAnOperatorOffers() {
    assertThat(offers.run(new OfferNode.Request("helen.osei")))
        .isEqualTo(new OfferNode.Reply.Refused(new Refusal.DutyMissing(Fact.Duty.OPERATOR)));
  }

  @Test
  void offersAreBoundedAndThoseThatAreOverMakeRoom() {
    for (int i = 0; i < Government.MOST_OFFERED; i++) {
      offered();
    }
    assertThat(offers.run(new OfferNode.Request("petra.lang")))
        .isInstanceOf(OfferNode.Reply.Refused.class);
    company.now = company.now.plus(OfferNode.LIFE).plus(Duration.ofSeconds(1));
    offered();
    assertThat(company.ledger.published().government().offered()).hasSize(1);
  }

  private static void same(State state) {
    assertThat(StateReader.parse(StateLines.of(state)).orThrow()).isEqualTo(state);
  }
}
