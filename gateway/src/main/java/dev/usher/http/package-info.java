/**
 * What several parts need to know of HTTP: names, hosts, forwarded addresses, Usher's own answers.
 */
@NullMarked
package dev.usher.http;

import org.jspecify.annotations.NullMarked;
