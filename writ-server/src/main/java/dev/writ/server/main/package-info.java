/** Constructs everything, starts it in order and stops it in reverse; nothing else constructs. */
@NullMarked
package dev.writ.server.main;

import org.jspecify.annotations.NullMarked;
