/**
 * The spec: the explicit, content-addressed statement of what one workflow may do, and what it
 * comes to once its names are looked up in a catalogue.
 */
@NullMarked
package dev.writ.spec;

import org.jspecify.annotations.NullMarked;
