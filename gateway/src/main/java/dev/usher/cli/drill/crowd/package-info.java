/** The visitors of a drill: what each of them does and when, and what is counted. */
@NullMarked
package dev.usher.cli.drill.crowd;

import org.jspecify.annotations.NullMarked;
