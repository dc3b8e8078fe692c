/** What happens to a visitor: admitted, kept waiting or turned away. */
@NullMarked
package dev.usher.room;

import org.jspecify.annotations.NullMarked;
