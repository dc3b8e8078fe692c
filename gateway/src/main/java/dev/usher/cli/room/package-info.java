/** The command by which an operator controls a room of a running gateway. */
@NullMarked
package dev.usher.cli.room;

import org.jspecify.annotations.NullMarked;
