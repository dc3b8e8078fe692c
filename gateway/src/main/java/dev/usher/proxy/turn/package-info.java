/** Turns: the requests of one visitor wait for each other. */
@NullMarked
package dev.usher.proxy.turn;

import org.jspecify.annotations.NullMarked;
