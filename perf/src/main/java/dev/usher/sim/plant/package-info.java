/** What stands behind the gate: pods that serve, crash and warm up, and what scales them. */
@NullMarked
package dev.usher.sim.plant;

import org.jspecify.annotations.NullMarked;
