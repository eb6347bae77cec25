/** Hands commands of a node to the one that writes lately, sealed with the key both share. */
@NullMarked
package dev.writ.server.peer;

import org.jspecify.annotations.NullMarked;
