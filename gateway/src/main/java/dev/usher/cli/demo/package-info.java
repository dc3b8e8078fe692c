/** A ticket shop that dies without Usher and lives behind it, on one machine. */
@NullMarked
package dev.usher.cli.demo;

import org.jspecify.annotations.NullMarked;
