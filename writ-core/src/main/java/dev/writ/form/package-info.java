/**
 * Documents that people write (YAML, or JSON as its subset): read with the line of every value, all
 * problems at once, and printed back.
 */
@NullMarked
package dev.writ.form;

import org.jspecify.annotations.NullMarked;
