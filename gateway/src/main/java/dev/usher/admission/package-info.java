/** How many may come in, as plain numbers. */
@NullMarked
package dev.usher.admission;

import org.jspecify.annotations.NullMarked;
