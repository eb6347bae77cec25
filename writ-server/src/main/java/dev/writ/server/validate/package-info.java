/** Checks policies against a schema with the official binding before they are published. */
@NullMarked
package dev.writ.server.validate;

import org.jspecify.annotations.NullMarked;
