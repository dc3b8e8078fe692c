/** The plans of events, as people and programs read them. */
@NullMarked
package dev.usher.plan;

import org.jspecify.annotations.NullMarked;
