/** Usher shown on real pods that a real flash crowd kills. */
@NullMarked
package dev.usher.demo;

import org.jspecify.annotations.NullMarked;
