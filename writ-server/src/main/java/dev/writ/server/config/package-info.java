/**
 * What an operator may set: each setting declared once, read from flags, environment and a file.
 */
@NullMarked
package dev.writ.server.config;

import org.jspecify.annotations.NullMarked;
