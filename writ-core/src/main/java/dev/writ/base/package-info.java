/** Values every room speaks: JSON and its canonical bytes, digests, ids, problems, chance. */
@NullMarked
package dev.writ.base;

import org.jspecify.annotations.NullMarked;
