/** The tick of one upstream: who leads, who is called, how slots are shared, and its log. */
@NullMarked
package dev.usher.doorkeeper;

import org.jspecify.annotations.NullMarked;
