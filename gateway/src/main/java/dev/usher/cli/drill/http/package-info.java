/**
 * The drill's own HTTP: many connections on few threads. Over HTTP/1.1 it reads answers itself,
 * because the crowd shares its cores with what it visits: for each request Vert.x's client took
 * half as much processor time again, and Netty's codec a twentieth.
 */
@NullMarked
package dev.usher.cli.drill.http;

import org.jspecify.annotations.NullMarked;
