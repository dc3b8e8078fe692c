/** A crowd that listens, and what it costs a gateway. */
@NullMarked
package dev.usher.streams;

import org.jspecify.annotations.NullMarked;
