package dev.writ.duration;

/** The phrases that say what the time after them is for. */
final class Leads {
  /** Before an end. */
  static final PhraseSet UNTIL =
      new PhraseSet(
          """
          up until the; up until; up till; until; untill; untl; unti; till; til; ' til; up to
          and including; no later than; not later than; not beyond; not after; at the latest;
          valid until; valid till; valid through; valid thru; valid to; ending on; ending;
          ends on; ends at; ends; end on; expiring on; expiring; expires on; expires at;
          expires; expire on; expire at; expire; expiry date; expiry; expiration date;
          expiration; end date; last day is; last day; lasting until; lasts until; good until;
          good through; to and including; as late as; latest by; latest; finishing on;
          finishing; finishes on; finishes; concluding on; terminating on; terminates on;
          ceases on; stops on; stop on; revoke on; revoked on; remove on; removed on; withdraw
          on; withdrawn on; switched off on; switch off on; cut off on; close on; closes on;
          runs out on; run out on; lapses on; lapse on; void after; hard stop on; hard stop;
          cutoff; cut - off; drop dead date
          """);

  /** Before an end that is included, also when it is a period. */
  static final PhraseSet THROUGH =
      new PhraseSet(
          """
          all the way through; right through; through to; through; thru; up to and
          including; to the end of; inclusive of; until and including
          """);

  /** Before a beginning. */
  static final PhraseSet FROM =
      new PhraseSet(
          """
          starting from; starting on; starting; starts on; starts; start on; start date;
          start; beginning on; beginning; begins on; commencing on; commencing; commences on;
          with effect from; effective from; effective; wef; valid from; valid since; as of; as
          from; counted from; counting from; running from; runs from; running; active from;
          from
          """);

  /** Before a length, or a period that access fills. */
  static final PhraseSet FOR =
      new PhraseSet(
          """
          for a maximum of; for a max of; for a total of; for a period of; for a term of; for
          a duration of; for at most; for up to; for no longer than; for no more than; for not
          more than; for only; for just; for exactly; for all of; for the whole of; for the
          entire; for; fr; over; lasting; lasts; last for; valid for; good for; duration of;
          duration is; duration; period of; period; length; how long; lifetime; life; ttl;
          term; time frame; timeframe; time window; time span; window; validity; valid; time
          limit; time box; timebox; timeboxed to; time - boxed to; limited to; capped at; cap
          of; bound; up to; at most; no more than; not more than; no longer than; not longer
          than; maximum of; max of; maximum; max; extend by; extended by; prolong by;
          prolonged by; prolong it by; extend it by; renew for; by another; by a further;
          throughout; durante; por; fur; pour; max .; limit;
          limit it to; limited to at most; cap; cap it at; access period; access window; requested period
          """);

  /** Before the first of two ends. */
  static final PhraseSet RANGE =
      new PhraseSet(
          """
          from; between; starting from; starting on; starting; starts on; starts; start date;
          start; beginning on; beginning; with effect from; effective from; effective; valid
          from; valid; as of; active from; for; on; window; period; duration; dates; during;
          running from; runs from; in
          """);

  /** Between two ends. */
  static final PhraseSet JOIN =
      new PhraseSet(
          """
          up to and including; through to; until; till; til; through; thru; to; - >; →; …; and
          until; and ends on; ending on; ending; ends on; ends; and ending on; up until; up
          to; valid to; valid until; valid till; valid through; end date; end; expires on;
          expires; expiry; finish; last day; bis
          """);

  private Leads() {}
}
