/** How enum constants are spelt, for every part that shows one. */
@NullMarked
package dev.usher.words;

import org.jspecify.annotations.NullMarked;
