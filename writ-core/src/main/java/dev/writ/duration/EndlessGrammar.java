package dev.writ.duration;

import dev.writ.duration.TimeReading.Ambiguous;
import dev.writ.duration.TimeReading.Endless;
import dev.writ.duration.TimeReading.Why;
import java.util.List;
import java.util.Optional;

/** Words for no end at all, and words too vague to be a length. */
final class EndlessGrammar {
  private static final PhraseSet ENDLESS =
      new PhraseSet(
          """
          for ever; forever; for always; for good; for life; for all time; for all eternity;
          in perpetuity; perpetually; perpetual; permanently; permanent; indefinitely;
          indefinite; for an indefinite period; for an indefinite time; open - ended; open
          ended; openended; open end; unlimited in time; unlimited time; for an unlimited
          time; for an unlimited period; of unlimited duration; never expires; never expire;
          never expiring; never ends; never to expire; never lapses; non - expiring; no expiry
          date; no expiry; no expiration date; no expiration; no end date; no end in sight; no
          time limit; no fixed end; no set end; no cut - off date; with no end; without any
          end; without an end date; without end date; without an end; without end; without an
          expiry date; without an expiry; without expiry; without expiration; without a time
          limit; without time limit; without limit of time; does not expire; doesn ' t expire;
          should not expire; shouldn ' t expire; must not expire; not expire; till further
          notice; until further notice; until told otherwise; until we say otherwise; until i
          say otherwise; unless told otherwise; until revoked; till revoked; until cancelled;
          till cancelled; until canceled; until withdrawn; until further orders; to infinity;
          ad infinitum; till the end of time; until the end of time; until the cows come home;
          until doomsday; from
          now onwards; for the long haul; for keeps; day in day out; standing
          access; evergreen; everlasting; eternal; eternally; for all future; as a permanent
          thing; on a permanent basis; on an ongoing basis; on a standing basis; on an open -
          ended basis; year - round; year round
          """);
  private static final PhraseSet VAGUE =
      new PhraseSet(
          """
          for a short period of time; for a limited period of time; for a limited period; for
          a limited time; for a little while; for a short while; for a good while; for a long
          while; for a while; a little while; a short while; a while longer; a while; awhile;
          for a short time; for a short period; for a brief period; for a brief time; for a
          long time; for a little longer; for a bit longer; a bit longer; a little longer; for
          a bit; for a little bit; for a little; for a moment; for the moment; just a moment;
          for a sec; for a tick; for a spell; for a stretch; for a period; for a time; for
          some time; for some while; some time longer; for quite some time; for the time
          being; for the near future; for the foreseeable future; for the foreseeable; for the
          medium term; for the short term; for the long term; for now; just for now; briefly;
          temporarily; temporary access; temp access; on a temporary basis; on a short - term
          basis; on a temp basis; as a temporary measure; short - term; short term; for long;
          not for long; not very long; a short stint; a short time; a short period; a brief
          period; for ages; for minutes; for hours; for days; for weeks; for months; for
          years; for as long as needed; for as long as necessary; for as long as required; for
          as long as possible; for as long as it takes; for as long as you can; as long as
          needed; as long as necessary; as long as required; as long as possible; as long as
          it takes; as long as you like; as long as we need it; as long as i need it; as long
          as we need; as long as it is needed; as long as it ' s needed; as short as possible;
          until needed no more; until no longer needed; until it is no longer needed; until it
          ' s no longer needed; until not needed; for however long it takes; however long it
          takes; however long that takes; for a reasonable time; for a reasonable period;
          until sometime next week; a day or so; an hour or so; a week or so; a month or so; a
          day or two; an hour or two; a week or two; a month or two; a minute or two; until
          later; till later
          """);

  private EndlessGrammar() {}

  static Optional<TimeReading> endless(Cursor c) {
    c.take("basically", "effectively", "more or less", "essentially");
    int from = c.at();
    boolean field = (c.take(Leads.FOR) || c.take(Leads.UNTIL)) && c.take(":", "=", "|", "is");
    boolean never =
        field && c.take("never", "unlimited", "no limit", "no end", "infinite", "lifetime");
    if (!field) {
      c.to(from);
    }
    if (!never && !c.take(ENDLESS)) {
      return Optional.empty();
    }
    c.take("access");
    return Optional.of(new Endless());
  }

  static Optional<TimeReading> vague(Cursor c) {
    int from = c.at();
    c.take("only", "just");
    return c.take(VAGUE)
        ? Optional.of(new Ambiguous(Why.VAGUE, List.of(c.tokens().written(from, c.at()))))
        : Optional.empty();
  }
}
