package dev.writ.draft;

import dev.writ.catalogue.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a prompt says that fills no slot: limits, delegation, credentials, claims, oddities. */
final class Remarks {
  private final Reading reading;
  private final List<Wanted> wanted;
  private final Set<Flag> flags;

  Remarks(Reading reading, List<Wanted> wanted, Set<Flag> flags) {
    this.reading = reading;
    this.wanted = wanted;
    this.flags = flags;
  }

  void read() {
    text();
    if (wanted.isEmpty()) {
      return;
    }
    for (Clause c : reading.clauses) {
      if (c.speaks() && !c.is(Fields.Kind.OTHER)) {
        clause(c);
      }
    }
    elsewhere();
    dataMoves();
    chores();
  }

  /** What is said about the text as a whole. */
  private void text() {
    String raw = reading.prompt.text();
    if (Approvals.claimed(reading.zones.withoutOrders())) {
      flags.add(Flag.APPROVAL_CLAIMED);
    }
    if (Heard.SECRET.matcher(raw).find()) {
      flags.add(Flag.SECRET_IN_PROMPT);
    }
    long foreign =
        reading.words.stream()
            .filter(w -> Heard.FOREIGN.contains(w.plain()) && !Heard.AMBIGUOUS.contains(w.plain()))
            .count();
    long script =
        raw.codePoints()
            .filter(Character::isLetter)
            .filter(cp -> Character.UnicodeScript.of(cp) != Character.UnicodeScript.LATIN)
            .count();
    if (foreign >= 3 && foreign * 6 >= reading.words.size()
        || script * 3 > raw.codePointCount(0, raw.length())) {
      flags.add(Flag.OTHER_LANGUAGE);
    }
    for (Clause c : reading.clauses) {
      if (c.field().isEmpty()) {
        impersonation(c.sentence());
      }
    }
  }

  private void impersonation(Sentence s) {
    Optional<Person> me = reading.lexicon.person(reading.prompt.requester());
    Matcher name = Heard.NAME_CLAIM.matcher(s.spoken);
    while (name.find()) {
      if (!s.item(name.group(1)).ids().contains(reading.prompt.requester())) {
        flags.add(Flag.IMPERSONATION);
      }
    }
    Matcher role = Heard.ROLE_CLAIM.matcher(s.spoken);
    while (role.find()) {
      String claim = role.group(1);
      boolean weak =
          role.group().startsWith("as ")
              && !s.spoken.matches(
                  ".*\\bas (?:the |your |our )?(?:"
                      + Pattern.quote(claim)
                      + ")(?: of \\w+)? ?,? i .*");
      boolean own =
          me.map(p -> Word.plain(p.role())).stream()
              .anyMatch(r ->
                  Word.ofPhrase(claim).stream()
                      .allMatch(w ->
                          Word.ofPhrase(r).stream().anyMatch(x -> x.stem().equals(w.stem()))
                              || w.plain().matches("of|for|the")));
      boolean vague =
          claim.matches("(?:lead|manager|owner of.*|approver|head|board|it team)")
              && role.group().matches("(?:it's|it is|as|here is).*");
      if (!own && !weak && !vague && !s.spoken.contains("@h")) {
        flags.add(Flag.IMPERSONATION);
      }
    }
  }

  private void clause(Clause c) {
    Sentence s = c.sentence();
    if (Heard.EXCEPTION.matcher(s.plain).find()
        && !Heard.NO_EXCEPTION.matcher(s.plain).find()
        && !c.is(Fields.Kind.EXCLUDED)) {
      flags.add(Flag.EXCEPTION_REQUESTED);
    }
    Quote whole = reading.quote(s.from, s.to);
    boolean account =
        s.items.stream()
            .noneMatch(i ->
                i.type() == Item.Type.VERB
                    && !i.act().orElseThrow().full().isEmpty()
                    && i.act().orElseThrow().objects().stream()
                        .anyMatch(o ->
                            o.matches("account|user|login|password|key|token|secret|credential")));
    if (Heard.SHARED_ACCOUNT.matcher(s.plain).find()) {
      flags.add(Flag.SHARED_IDENTITY);
      say("credential", "shared_account", whole);
    } else if (Heard.HUMAN_LOGIN.matcher(s.spoken).find()
        && !Heard.LOOK_UP_ACCOUNT.matcher(s.plain).find()) {
      flags.add(Flag.SHARED_IDENTITY);
      say("credential", "shared_human_credential", whole);
    } else if (account
        && Heard.STATIC.matcher(s.plain).find()
        && !Heard.NO_STATIC.matcher(s.plain).find()
        && !Heard.SECRET.matcher(reading.ownText).find()) {
      flags.add(Flag.STATIC_SECRET);
      say("credential", "static_requested", whole);
    }
    delegation(c, whole);
    for (Item t : s.of(Item.Type.TIME)) {
      if (t.time().orElseThrow() instanceof Times.Limit) {
        add("conditions", reading.quote(t));
      }
    }
    Matcher limit = Heard.LIMIT.matcher(s.spoken);
    while (limit.find()) {
      add(
          "conditions",
          reading.quote(s.spokenWord(limit.start()), s.spokenWord(limit.end() - 1) + 1));
    }
  }

  private void delegation(Clause c, Quote whole) {
    Sentence s = c.sentence();
    for (Item d : c.delegates()) {
      if (d.ids().size() == 1) {
        say("task.delegation", d.ids().getFirst(), reading.quote(d));
      }
    }
    boolean delegates = Heard.DELEGATES.matcher(s.plain).find() || c.is(Fields.Kind.DELEGATION);
    Matcher depth = Heard.DEPTH.matcher(s.spoken);
    if (delegates && c.mood() != Moods.Mood.OWNERSHIP) {
      boolean none = Heard.NO_DELEGATION.matcher(s.plain).find() && c.delegates().isEmpty();
      if (none) {
        say("delegation.depth", "0", whole);
      } else if (depth.find()) {
        String said = depth.group();
        String n =
            depth.group(1) != null
                ? depth.group(1)
                : said.startsWith("two") ? "2" : said.startsWith("three") ? "3" : "1";
        say("delegation.depth", n, whole);
      } else if (Heard.UNBOUNDED.matcher(s.plain).find()) {
        flags.add(Flag.UNBOUNDED_DELEGATION);
        say("delegation.depth", "unbounded", whole);
      }
    }
    if (Heard.BEHALF.matcher(s.plain).find()) {
      say("delegation.mode", "on-behalf-of", whole);
    } else if (Heard.SCHEDULED.matcher(s.plain).find()) {
      say("delegation.mode", "scheduled-autonomous", whole);
    }
  }

  private void say(String path, String value, Quote quote) {
    for (Wanted w : wanted) {
      boolean asks = w.intent == Intent.GRANT || w.intent == Intent.EXTEND;
      if (asks && w.items.stream().noneMatch(i -> i.path().equals(path))) {
        w.items.add(new Proposal.Says(path, List.of(value), List.of(quote)));
      }
    }
  }

  private void add(String path, Quote quote) {
    for (Wanted w : wanted) {
      for (int i = 0; i < w.items.size(); i++) {
        if (w.items.get(i)
                instanceof Proposal.Says(String at, List<String> values, List<Quote> quotes)
            && at.equals(path)) {
          List<String> more = new ArrayList<>(values);
          List<Quote> at2 = new ArrayList<>(quotes);
          more.add(quote.text());
          at2.add(quote);
          w.items.set(i, new Proposal.Says(path, more, at2));
          return;
        }
      }
      if (w.intent == Intent.GRANT || w.intent == Intent.EXTEND) {
        w.items.add(new Proposal.Says(path, List.of(quote.text()), List.of(quote)));
      }
    }
  }

  /** Access that is described only by pointing elsewhere. */
  private void elsewhere() {
    boolean points =
        reading.clauses.stream()
            .anyMatch(c ->
                c.speaks()
                    && !c.is(Fields.Kind.OTHER)
                    && !c.is(Fields.Kind.PURPOSE)
                    && (Heard.ELSEWHERE.matcher(c.sentence().spoken).find()
                        || Heard.AGAIN.matcher(c.sentence().spoken).find()));
    boolean filled =
        wanted.stream()
            .anyMatch(w ->
                w.items.stream()
                    .anyMatch(i ->
                        i instanceof Proposal.Says
                            && i.path().startsWith("grants[")
                            && i.path().endsWith(".actions")));
    if (points && !filled && wanted.stream().anyMatch(w -> w.intent == Intent.GRANT)) {
      flags.add(Flag.REFERS_TO_UNAVAILABLE_CONTEXT);
    }
  }

  /** Data that the text says is to go from production into another place. */
  private void dataMoves() {
    for (Wanted w : wanted) {
      boolean live = false;
      boolean other = false;
      for (Proposal.Item i : w.items) {
        if (i instanceof Proposal.Says(String path, List<String> values, List<Quote> quotes)
            && path.startsWith("grants[")
            && path.endsWith(".environment")) {
          live |= Environments.production(values.getFirst());
          other |= !Environments.production(values.getFirst());
        }
      }
      String all =
          String.join(
              " . ",
              reading.clauses.stream()
                  .filter(Clause::speaks)
                  .map(c -> c.sentence().spoken)
                  .toList());
      boolean data =
          all.matches(
              "(?s).*\\b(?:(?:real|live|prod|production|actual) (?:\\w+"
                  + " )?(?:data|records|patients|customers|rows|tables|extracts?|numbers|dumps?|database|copies|copy|dataset|datasets)|(?:them|it|data|extracts?|records|dumps?|copy|copies|dataset|datasets|results|those|these|that)\\b).*");
      boolean across =
          all.matches(
                  "(?s).*\\bfrom (?:the )?@e\\d+(?: @r\\d+)? (?:over |across"
                      + " )?(?:to|into|onto)\\b.*")
              && other;
      if (across && acrossPlaces()) {
        flags.add(Flag.PROD_DATA_IN_NONPROD);
      }
      boolean explicit =
          all.matches(
                  "(?s).*\\b(?:real|live|prod|production|actual) (?:\\w+"
                      + " )?(?:data|records|patients|customers|rows|tables|dataset|datasets|dump|copy)\\b.*\\b(?:into|to|in)\\b.*")
              && other;
      if (((live && other && data) || explicit)
          && Heard.DATA_MOVES.matcher(all).find()
          && all.matches("(?s).*\\b(?:into|onto|over to|in its|to its|to the|in the)\\b.*")
          && moves(w)) {
        flags.add(Flag.PROD_DATA_IN_NONPROD);
      }
    }
  }

  /** Whether data is to go from production over to another place. */
  private boolean acrossPlaces() {
    Pattern p =
        Pattern.compile(
            "\\bfrom (?:the )?(@e\\d+)(?: @r\\d+)? (?:over |across )?(?:to|into|onto) (?:the |its"
                + " )?(@e\\d+)");
    for (Clause c : reading.clauses) {
      List<Item> two = c.sentence().named(p);
      boolean copies =
          c.sentence()
              .spoken
              .matches(
                  ".*\\b(?:copy|clone|mirror|replicate|duplicate) (?:what|the"
                      + " (?:rights|set-?up|access|permissions|grant)).*");
      if (c.speaks()
          && two.size() >= 2
          && !copies
          && two.getFirst().ids().stream().anyMatch(Environments::production)
          && two.getLast().ids().stream().noneMatch(Environments::production)) {
        return true;
      }
    }
    return false;
  }

  /** Whether something that takes data in is to happen outside of production. */
  private boolean moves(Wanted w) {
    for (Proposal.Item i : w.items) {
      if (i instanceof Proposal.Says(String path, List<String> values, List<Quote> quotes)
          && path.startsWith("grants[")
          && path.endsWith(".environment")
          && !Environments.production(values.getFirst())) {
        String actions = path.replace(".environment", ".actions");
        boolean taking =
            w.items.stream()
                .anyMatch(x ->
                    x instanceof Proposal.Says says
                        && says.path().equals(actions)
                        && says.values().stream()
                            .anyMatch(a ->
                                a.matches(
                                    ".*(?:load|import|ingest|write|put|upload|restore|enter|record|copy|push|store|create|add|seed).*")));
        if (taking) {
          return true;
        }
      }
    }
    return false;
  }

  /** Something else to do, beside the request. */
  private void chores() {
    for (Clause c : reading.clauses) {
      Sentence s = c.sentence();
      boolean short1 = s.to - s.from < 4;
      if (c.field().isPresent()
          || c.mood() != Moods.Mood.GRANT
          || short1
          || s.items.stream()
              .anyMatch(
                  i -> i.type() != Item.Type.VERB || !i.act().orElseThrow().full().isEmpty())) {
        continue;
      }
      String spoken = s.plain;
      if (Heard.CHORE.matcher(spoken).find()
          && spoken.matches(
              "^(?:and |also |oh |ps |p s |btw |by the way |one more thing |, |- |besides |finally"
                  + " |lastly |plus |then )*.*\\b(?:please|pls|plz|could"
                  + " (?:you|somebody|someone)|can (?:you|somebody|someone)|would"
                  + " you|somebody|order|book|buy|fix|repair|remind|don't"
                  + " forget|send|call|replace|clean)\\b.*")
          && !spoken.matches(
              ".*\\b(?:access|rights?|permissions?|agent|bot|owner|approve|policy|questions?|let me"
                  + " know|ring|call (?:me|her|him)|contact|reach|get back|confirm|ask"
                  + " (?:me|her|him)|unclear|set (?:it|this) up|do"
                  + " (?:it|this|that)|quick|asap|urgent|hurry|as soon"
                  + " as|help|provision|grant|give|let|allow|request|ticket|it|this|that|needful|mine)\\b.*")) {
        flags.add(Flag.OUT_OF_DOMAIN_PART);
      }
    }
  }
}
