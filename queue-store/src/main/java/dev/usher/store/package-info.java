/** The virtual queue: a port, the values that pass through it, and the store inside a process. */
@NullMarked
package dev.usher.store;

import org.jspecify.annotations.NullMarked;
