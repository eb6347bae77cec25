/**
 * The embedded PostgreSQL: real server binaries unpacked once, run in a data folder, gone with us.
 */
@NullMarked
package dev.writ.server.postgres;

import org.jspecify.annotations.NullMarked;
