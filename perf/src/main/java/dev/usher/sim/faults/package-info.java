/** Random faults, and the promises that hold through them. */
@NullMarked
package dev.usher.sim.faults;

import org.jspecify.annotations.NullMarked;
