package dev.writ.cli;

import dev.writ.draft.Flag;
import java.util.Arrays;

/** What a flag of a draft says to a person. */
final class FlagText {
  private FlagText() {}

  /** The sentence of a flag, by its word; the word itself when it is a newer server's. */
  static String of(String word) {
    return Arrays.stream(Flag.values())
        .filter(f -> f.word().equals(word))
        .findFirst()
        .map(FlagText::of)
        .orElse(word.replace('_', ' '));
  }

  private static String of(Flag flag) {
    return switch (flag) {
      case INSTRUCTION_TO_SYSTEM -> "words in it address the machine; they have no effect";
      case HIDDEN_TEXT -> "it holds text that a reader does not see; it has no effect";
      case UNTRUSTED_CONTENT -> "it holds quoted or pasted text; that has no effect";
      case IMPERSONATION -> "it claims a role or name that the requester does not have";
      case APPROVAL_CLAIMED -> "it says that somebody approved; that approves nothing";
      case SELF_APPROVAL -> "requester or owner is named as approver";
      case SECRET_IN_PROMPT -> "a key, token or password stands in it; replace that secret";
      case OTHER_LANGUAGE -> "it is not in English, which is all this drafter reads";
      case CONTAINS_QUESTION -> "it also asks a question, which is not answered here";
      case OUT_OF_DOMAIN_PART -> "it also asks for work that is no access";
      case UNKNOWN_ENTITY -> "it names something that the catalogue does not have";
      case OWNER_INELIGIBLE -> "the owner it names has left or is a contractor";
      case HUMAN_SUBJECT -> "it asks for a person's access; writs are for agents";
      case REFERS_TO_UNAVAILABLE_CONTEXT -> "it points to something that is not in it";
      case WILDCARD_SCOPE -> "it asks for everything, which is never filled in";
      case STANDING_ACCESS -> "it asks for access without an end";
      case EXCEEDS_CEILING -> "it asks for longer than any access may last";
      case SOD_CONFLICT -> "it asks for both sides of a separation of duties";
      case PROD_DATA_IN_NONPROD -> "it puts production data where production is not";
      case PRIVILEGE_ESCALATION_PATH -> "it could make or change accounts, roles or credentials";
      case EXCEPTION_REQUESTED -> "it asks for an exception";
      case STATIC_SECRET -> "it asks for a lasting key; credentials here live minutes";
      case SHARED_IDENTITY -> "it wants a person's login or a shared account";
      case UNBOUNDED_DELEGATION -> "it hands on without number or depth";
    };
  }
}
