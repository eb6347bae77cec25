/** What is live now: the immutable fold over all facts, and the questions rules ask of it. */
@NullMarked
package dev.writ.state;

import org.jspecify.annotations.NullMarked;
