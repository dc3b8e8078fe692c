/** A small client that waits in line: the command {@code usher wait}. */
@NullMarked
package dev.usher.cli.wait;

import org.jspecify.annotations.NullMarked;
