/** The HTTP base every door stands on: bounds, request ids, dialects of refusal, a plain stop. */
@NullMarked
package dev.writ.server.http;

import org.jspecify.annotations.NullMarked;
