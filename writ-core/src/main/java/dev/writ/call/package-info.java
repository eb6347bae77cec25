/**
 * What one tool call asks of policy: arguments mapped to a request and its entities, and both
 * written down so that the decision can be made again.
 */
@NullMarked
package dev.writ.call;

import org.jspecify.annotations.NullMarked;
