/** Measurements: each prints JSON with its figures beside those of a peer or of the bare limit. */
@NullMarked
package dev.writ.cli.bench;

import org.jspecify.annotations.NullMarked;
