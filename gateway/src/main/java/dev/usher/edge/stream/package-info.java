/** Streams by which waiting visitors hear how they stand. */
@NullMarked
package dev.usher.edge.stream;

import org.jspecify.annotations.NullMarked;
