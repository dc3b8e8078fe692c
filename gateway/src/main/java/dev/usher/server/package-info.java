/**
 * The servers that visitors connect to, and the limits of a connection: TLS, frames, heads,
 * idleness.
 */
@NullMarked
package dev.usher.server;

import org.jspecify.annotations.NullMarked;
