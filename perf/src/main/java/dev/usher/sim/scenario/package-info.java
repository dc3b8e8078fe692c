/** What is simulated, what must hold, and what came of it. */
@NullMarked
package dev.usher.sim.scenario;

import org.jspecify.annotations.NullMarked;
