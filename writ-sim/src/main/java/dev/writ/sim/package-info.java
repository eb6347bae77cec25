/** The simulated world: fakes that behave, and the contracts that every port must keep. */
@NullMarked
package dev.writ.sim;

import org.jspecify.annotations.NullMarked;
