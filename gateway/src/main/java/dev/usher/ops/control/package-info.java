/** The requests by which operators change something, on their port. */
@NullMarked
package dev.usher.ops.control;

import org.jspecify.annotations.NullMarked;
