/**
 * Everything Writ can do, one operation a file: a request, a sealed reply, a pure rule; record
 * first, act second.
 */
@NullMarked
package dev.writ.operation;

import org.jspecify.annotations.NullMarked;
