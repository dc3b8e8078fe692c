/** The gateway put together. */
@NullMarked
package dev.usher;

import org.jspecify.annotations.NullMarked;
