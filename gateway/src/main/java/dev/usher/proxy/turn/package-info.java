/** The requests of one visitor take turns. */
@NullMarked
package dev.usher.proxy.turn;

import org.jspecify.annotations.NullMarked;
