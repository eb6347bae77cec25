/**
 * Calls tools on upstream MCP servers, over streamable HTTP or through the runner over stdio, and
 * says exactly whether a call was sent and what came of it.
 */
@NullMarked
package dev.writ.server.upstream;

import org.jspecify.annotations.NullMarked;
