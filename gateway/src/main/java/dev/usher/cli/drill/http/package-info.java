/** The drill's own HTTP: many connections on few threads. */
@NullMarked
package dev.usher.cli.drill.http;

import org.jspecify.annotations.NullMarked;
