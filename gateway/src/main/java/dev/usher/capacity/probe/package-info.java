/** Asks pods over HTTP whether they are ready. */
@NullMarked
package dev.usher.capacity.probe;

import org.jspecify.annotations.NullMarked;
