/** Virtual time, randomness from a seed, and the journal of a run. */
@NullMarked
package dev.usher.sim.time;

import org.jspecify.annotations.NullMarked;
