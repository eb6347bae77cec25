/**
 * The Model Context Protocol as a server speaks it over streamable HTTP, whoever the callers are
 * and whatever their tools do.
 */
@NullMarked
package dev.writ.server.mcp;

import org.jspecify.annotations.NullMarked;
