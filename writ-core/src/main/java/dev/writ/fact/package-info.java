/**
 * What happened: the sealed list of facts, their canonical bytes, and the chains that link them.
 */
@NullMarked
package dev.writ.fact;

import org.jspecify.annotations.NullMarked;
