/**
 * How long and until when: lengths, dates and windows as people write them in requests, read over a
 * calendar and the instant at which they were written; what has no one reading stays open.
 */
@NullMarked
package dev.writ.duration;

import org.jspecify.annotations.NullMarked;
