/**
 * Drafters that ask a language model: one request, a fenced prompt, an answer in a schema, bounded
 * in time and size; what comes back is a stranger's proposal.
 */
@NullMarked
package dev.writ.models;

import org.jspecify.annotations.NullMarked;
