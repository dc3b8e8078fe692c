/** Virtual time, chance from a seed, and the journal of what happened. */
@NullMarked
package dev.usher.sim.time;

import org.jspecify.annotations.NullMarked;
