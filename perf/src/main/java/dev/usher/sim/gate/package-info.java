/** The port that every gate in a comparison implements. */
@NullMarked
package dev.usher.sim.gate;

import org.jspecify.annotations.NullMarked;
