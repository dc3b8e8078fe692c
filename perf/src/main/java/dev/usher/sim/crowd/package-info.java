/** The visitors: when they come, what they do, when they give up. */
@NullMarked
package dev.usher.sim.crowd;

import org.jspecify.annotations.NullMarked;
