/**
 * Stands between agents and tools: speaks MCP, asks the authority about every call before anything
 * leaves, forwards what was allowed, and sees that every outcome is recorded.
 */
@NullMarked
package dev.writ.server.gateway;

import org.jspecify.annotations.NullMarked;
