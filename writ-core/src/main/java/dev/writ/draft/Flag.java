package dev.writ.draft;

import java.util.Locale;

/** Something about a prompt that a reviewer should see. */
public enum Flag {
  /** Words tell a machine what to print, assume, skip, hide or approve; they have no effect. */
  INSTRUCTION_TO_SYSTEM,
  /** Characters or elements that a reader does not see; they have no effect. */
  HIDDEN_TEXT,
  /** Quoted, forwarded or pasted text; it has no effect unless the requester adopts it. */
  UNTRUSTED_CONTENT,
  /** A role or identity is claimed that the requester does not have. */
  IMPERSONATION,
  /** Somebody is said to have approved already. */
  APPROVAL_CLAIMED,
  /** Requester or owner is named as approver. */
  SELF_APPROVAL,
  /** A key, token or password stands in the text. */
  SECRET_IN_PROMPT,
  /** The request is not in English. */
  OTHER_LANGUAGE,
  /** A question stands beside the request. */
  CONTAINS_QUESTION,
  /** A chore stands beside the request that is no request for access. */
  OUT_OF_DOMAIN_PART,
  /** A name, verb or environment that the catalogue does not have. */
  UNKNOWN_ENTITY,
  /** The stated owner has left or is a contractor. */
  OWNER_INELIGIBLE,
  /** A person is to get the access. */
  HUMAN_SUBJECT,
  /** Access is described only by pointing elsewhere. */
  REFERS_TO_UNAVAILABLE_CONTEXT,
  /** "Everything", "full", "any": never expanded. */
  WILDCARD_SCOPE,
  /** An endless term is asked for. */
  STANDING_ACCESS,
  /** The term is longer than any access may be asked for. */
  EXCEEDS_CEILING,
  /** One workflow asks for both sides of a separation rule. */
  SOD_CONFLICT,
  /** Production data is to be put into an environment that is none. */
  PROD_DATA_IN_NONPROD,
  /** Accounts, roles or credentials of others can be made or changed. */
  PRIVILEGE_ESCALATION_PATH,
  /** A waiver, an exception or an emergency bypass is asked for. */
  EXCEPTION_REQUESTED,
  /** A lasting key or token is asked for. */
  STATIC_SECRET,
  /** The agent is to use a person's login or a shared account. */
  SHARED_IDENTITY,
  /** Delegates without number or depth. */
  UNBOUNDED_DELEGATION;

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
