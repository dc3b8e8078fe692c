/** Tests of the words that explain. */
@NullMarked
package dev.usher.explain;

import org.jspecify.annotations.NullMarked;
