/** The simulator's command line. */
@NullMarked
package dev.usher.sim;

import org.jspecify.annotations.NullMarked;
