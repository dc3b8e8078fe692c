/** What happens to a visitor: admitted, kept waiting or turned away; and who is called when. */
@NullMarked
package dev.usher.room;

import org.jspecify.annotations.NullMarked;
