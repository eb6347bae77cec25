package dev.writ.draft;

/** Something about a prompt that a reviewer should see. */
public enum Flag {
  /** Words tell a machine what to assume, skip or approve; they have no effect. */
  INSTRUCTION_TO_SYSTEM,
  /** Characters or elements that a reader does not see; they have no effect. */
  HIDDEN_TEXT,
  /** Quoted, forwarded or pasted text; it has no effect. */
  UNTRUSTED_CONTENT,
  /** A question stands beside the request. */
  CONTAINS_QUESTION,
  /** The stated owner has left or is a contractor. */
  OWNER_INELIGIBLE,
  /** An endless term is asked for. */
  STANDING_ACCESS,
  /** "Everything", "full", "any": never expanded. */
  WILDCARD_SCOPE
}
