/** The virtual queue inside a process. */
@NullMarked
package dev.usher.store.memory;

import org.jspecify.annotations.NullMarked;
