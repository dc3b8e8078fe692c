/** A crowd of visitors sent to a running gateway, and the report of what they met. */
@NullMarked
package dev.usher.cli.drill;

import org.jspecify.annotations.NullMarked;
