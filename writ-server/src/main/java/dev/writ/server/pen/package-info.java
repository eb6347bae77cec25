/** Drives the pen: one thread steps it, callers wait for their answers, nobody else writes. */
@NullMarked
package dev.writ.server.pen;

import org.jspecify.annotations.NullMarked;
