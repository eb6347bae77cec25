/** The policy engine: Cedar's language parsed, printed, compiled and decided, failing closed. */
@NullMarked
package dev.writ.policy;

import org.jspecify.annotations.NullMarked;
