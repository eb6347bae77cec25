/**
 * The JSON API: every endpoint parses, runs one operation and renders; and the public log beside
 * it.
 */
@NullMarked
package dev.writ.server.api;

import org.jspecify.annotations.NullMarked;
