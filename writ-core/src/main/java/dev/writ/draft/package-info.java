/**
 * Drafts: what a prompt says, what it leaves open and what it must not decide; proposed by a
 * drafter, admitted by the verifier, completed by named people, and only then a spec.
 */
@NullMarked
package dev.writ.draft;

import org.jspecify.annotations.NullMarked;
