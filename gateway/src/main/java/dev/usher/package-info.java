/** The commands of Usher, and the one place where its parts are put together. */
@NullMarked
package dev.usher;

import org.jspecify.annotations.NullMarked;
