/** The command that explains in words why nobody more comes in. */
@NullMarked
package dev.usher.cli.explain;

import org.jspecify.annotations.NullMarked;
