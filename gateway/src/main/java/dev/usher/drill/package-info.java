/** A flash crowd of real clients, to see what a room and its pods bear. */
@NullMarked
package dev.usher.drill;

import org.jspecify.annotations.NullMarked;
