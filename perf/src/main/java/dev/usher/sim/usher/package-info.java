/** The product's own classes, wired up as a gate of the simulator. */
@NullMarked
package dev.usher.sim.usher;

import org.jspecify.annotations.NullMarked;
