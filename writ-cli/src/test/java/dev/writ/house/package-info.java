/** House rules: what every file of the project keeps, checked over its text and its classes. */
@NullMarked
package dev.writ.house;

import org.jspecify.annotations.NullMarked;
