/**
 * Starts strangers' stdio tool servers in a process of its own: no keys, no credentials, an empty
 * environment, another user where the system lets us, bounded, and ended with their parent.
 */
@NullMarked
package dev.writ.server.runner;

import org.jspecify.annotations.NullMarked;
