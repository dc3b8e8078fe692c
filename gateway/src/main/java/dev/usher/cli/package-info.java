/** The commands that a person types. */
@NullMarked
package dev.usher.cli;

import org.jspecify.annotations.NullMarked;
