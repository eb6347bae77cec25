/**
 * How commands speak: output for people and scripts, exit statuses, the session, the API's client.
 */
@NullMarked
package dev.writ.terminal;

import org.jspecify.annotations.NullMarked;
