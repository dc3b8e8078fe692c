/** Whole gateways, each a process of its own, whose store and fellows fail under a crowd. */
@NullMarked
package dev.usher.faults;

import org.jspecify.annotations.NullMarked;
