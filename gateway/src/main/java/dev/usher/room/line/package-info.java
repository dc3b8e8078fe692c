/** What this replica keeps of a line and tells the store: who came, who is there, who stands by. */
@NullMarked
package dev.usher.room.line;

import org.jspecify.annotations.NullMarked;
