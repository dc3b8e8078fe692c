/** The command that shows the waiting pages of a configuration file. */
@NullMarked
package dev.usher.cli.page;

import org.jspecify.annotations.NullMarked;
