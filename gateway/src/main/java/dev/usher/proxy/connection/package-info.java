/** Connections to the pods. */
@NullMarked
package dev.usher.proxy.connection;

import org.jspecify.annotations.NullMarked;
