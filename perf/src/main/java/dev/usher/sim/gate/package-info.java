/** The port that every gate in a comparison fulfils. */
@NullMarked
package dev.usher.sim.gate;

import org.jspecify.annotations.NullMarked;
