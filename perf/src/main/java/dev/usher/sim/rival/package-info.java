/** Gates to compare Usher with, each modelled on a common approach, not on a product. */
@NullMarked
package dev.usher.sim.rival;

import org.jspecify.annotations.NullMarked;
