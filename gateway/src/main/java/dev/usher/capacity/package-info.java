/** Which pods are ready, and what they bear. */
@NullMarked
package dev.usher.capacity;

import org.jspecify.annotations.NullMarked;
