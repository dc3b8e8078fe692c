/** Tests of the drill. */
@NullMarked
package dev.usher.drill;

import org.jspecify.annotations.NullMarked;
