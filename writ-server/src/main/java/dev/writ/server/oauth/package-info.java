/** The authorization server's endpoints: parse, call an operation, render. */
@NullMarked
package dev.writ.server.oauth;

import org.jspecify.annotations.NullMarked;
