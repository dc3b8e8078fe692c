/** The answer to a visitor: who asks, what they can show, and what they get. */
@NullMarked
package dev.usher.edge;

import org.jspecify.annotations.NullMarked;
