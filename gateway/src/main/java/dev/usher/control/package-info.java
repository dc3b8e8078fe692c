/** What operators and the shop do with a room while it runs, and who did it. */
@NullMarked
package dev.usher.control;

import org.jspecify.annotations.NullMarked;
