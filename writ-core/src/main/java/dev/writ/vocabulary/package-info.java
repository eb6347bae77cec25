/**
 * The words policies speak: entity types, attributes of a request, and the Cedar schema of both.
 */
@NullMarked
package dev.writ.vocabulary;

import org.jspecify.annotations.NullMarked;
