package dev.writ.draft;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that say what part a name plays, in every form in which people write requests. */
final class Cues {
  /** Words that are corrected when a key slipped. */
  static final List<String> SPELT =
      CommonWords.of(
          """
          please allow grant access owner owns owned accountable responsible purpose because reason
          resource system application environment duration period until agent production staging
          sandbox training development monday tuesday wednesday thursday friday saturday sunday
          january february march april june july august september october november december today
          tomorrow hours hour minutes minute days weeks week months month years fortnight sprint
          quarter prohibited excluded except without never nothing only approve approved approval
          approver delegate delegation revoke remove extend prolong permission permissions rights
          four three seven eight nine eleven twelve thirty able issue
          privilege workload should could would needs wants requires between business working read
          write view record records through with from that this into for their them
          """);

  /** What people answer when they do not know. */
  static final Set<String> UNKNOWN =
      Set.of(
          "",
          "?",
          "??",
          "???",
          "-",
          "--",
          "---",
          "n/a",
          "na",
          "n.a",
          "tbc",
          "tbd",
          "tba",
          "none",
          "unknown",
          "open",
          "x",
          "xx",
          "xxx",
          "tbc.",
          "not known",
          "not yet known",
          "to be confirmed",
          "to be decided",
          "to be agreed",
          "not agreed yet",
          "not yet agreed",
          "to be determined",
          "to be announced",
          "don't know",
          "dont know",
          "no idea",
          "not sure",
          "unclear",
          "pending",
          "later",
          "not decided",
          "not yet decided",
          "not sure yet",
          "to follow",
          "will follow",
          "nobody knows",
          "still open",
          "leer",
          "empty",
          "blank",
          "(blank)",
          "(empty)",
          "null",
          "nil",
          "...",
          "…",
          "n a",
          "not applicable",
          "not decided yet",
          "you tell me",
          "whatever",
          "ask me later",
          "undecided");

  /** A modal or another verb after which an agent's verb comes. */
  static final Set<String> MODALS =
      Set.of(
          "should",
          "may",
          "can",
          "could",
          "must",
          "shall",
          "will",
          "would",
          "might",
          "to",
          "let",
          "lets",
          "please",
          "pls",
          "plz",
          "kindly",
          "just",
          "only",
          "also",
          "then",
          "and",
          "or",
          "nor",
          "neither",
          "either",
          "not",
          "never",
          "be",
          "is",
          "are",
          "now",
          "still",
          "ever",
          "always",
          "both",
          "first",
          "gets",
          "dont",
          "don't",
          "mustn't",
          "shouldn't",
          "cannot",
          "can't",
          "it",
          "them",
          "they",
          "who",
          "which",
          "that",
          "able",
          "allowed",
          "have",
          "has",
          "instead",
          "need",
          "needs",
          "wants",
          "want",
          "give",
          "grant",
          "allow",
          "add",
          "enable",
          "for",
          "of",
          "by",
          "without",
          "no",
          "but",
          "in",
          "with",
          "than",
          "rights",
          "right",
          "permission",
          "permissions",
          "access",
          "on",
          "additionally",
          "simply",
          "merely",
          "as");

  static final Pattern GENERIC =
      Pattern.compile(
          "\\b(?:access(?:es|ed|ing)?|uses?|using|deals? with|dealing with|takes? care of|taking"
              + " care of|looks? after|looking after|works? (?:with|on|in|inside)|working"
              + " (?:with|on|in)|handles?|handling|manages?|managing|connect(?:s|ed|ing)?"
              + " to|log(?:s|ging)? (?:in|on)(?:to| to)?|logins?|gets?"
              + " (?:in|into|at|onto)|touch(?:es)?|sort(?:s)? out|tends? to|the same|same"
              + " (?:rights|access|permissions)|rights?|permissions?|privileges?|interact(?:s)?"
              + " with|operates?|operating|runs? with|plays? with|set (?:up"
              + " )?on|administers?|maintains?|help(?:s)? (?:out )?(?:with|in|on)|sees? to|copes?"
              + " with|busy with|on-?board(?:ed)? to)\\b");

  /** Words for the whole. */
  static final Pattern WHOLE =
      Pattern.compile(
          "\\b(?:full(?:est)?"
              + " (?:access|control|rights?|permissions?|privileges?|scope|powers?|use)|complete"
              + " (?:access|control|rights?)|total (?:access|control)|unlimited"
              + " (?:access|rights?)|unrestricted"
              + " (?:access|rights?|use)?|admin(?:istrator|istrative|s)?(?: rights?| access|"
              + " role)?|super ?users?|root(?: access| rights)?|owner rights|(?:every|all|any)(?:"
              + " the| of the| possible| available| its| our)?"
              + " (?:rights?|permissions?|access|privileges?|actions?|operations?|functions?|features?|powers?)|everything|anything|whatever(?:"
              + " it| is| they)?(?: \\w+){0,2}|every right|carte blanche|free (?:rein|hand)|the"
              + " (?:whole )?lot|the works|god mode|wildcard|all areas|do all|all of it|keys to the"
              + " kingdom|all access|blanket (?:access|rights?|permission)|\\*)\\b|(?<= )\\*(?="
              + " |$)");

  private Cues() {}
}
