/**
 * Labelled prompts: records of a drafting set, drafts in the set's form of an answer, and the score
 * of answers against labels.
 */
@NullMarked
package dev.writ.labels;

import org.jspecify.annotations.NullMarked;
