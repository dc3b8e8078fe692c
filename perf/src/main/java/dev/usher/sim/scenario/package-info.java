/** What is simulated, what must hold, and the results. */
@NullMarked
package dev.usher.sim.scenario;

import org.jspecify.annotations.NullMarked;
