/** Gates to compare Usher with, each a model of a common way, not of a product. */
@NullMarked
package dev.usher.sim.rival;

import org.jspecify.annotations.NullMarked;
