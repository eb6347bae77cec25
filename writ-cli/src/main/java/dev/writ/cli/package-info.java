/**
 * Commands for people and scripts: every one parses, calls the HTTP API or works offline, and says
 * what happened.
 */
@NullMarked
package dev.writ.cli;

import org.jspecify.annotations.NullMarked;
