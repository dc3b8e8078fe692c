/** Metrics, health and the operators' interface. */
@NullMarked
package dev.usher.ops;

import org.jspecify.annotations.NullMarked;
