/** Writ's own keys: the key file, signing, verifying tokens, sealing heads and payloads. */
@NullMarked
package dev.writ.server.keys;

import org.jspecify.annotations.NullMarked;
