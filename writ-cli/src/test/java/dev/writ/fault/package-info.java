/** Faults on real processes: servers killed, stopped, cut off and lied to, with their tests. */
@NullMarked
package dev.writ.fault;

import org.jspecify.annotations.NullMarked;
