/** The demonstration's outside world: a tool server over a database, and an agent. */
@NullMarked
package dev.writ.demo;

import org.jspecify.annotations.NullMarked;
