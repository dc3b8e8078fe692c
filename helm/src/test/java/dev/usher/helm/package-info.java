/** Proves the chart: what it renders, what it refuses, and what it grants. */
@NullMarked
package dev.usher.helm;

import org.jspecify.annotations.NullMarked;
