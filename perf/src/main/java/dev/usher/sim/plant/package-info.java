/** The pods behind the gate, which serve, crash and warm up, and their autoscaler. */
@NullMarked
package dev.usher.sim.plant;

import org.jspecify.annotations.NullMarked;
