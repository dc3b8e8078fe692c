/** The two signed tokens a visitor carries: the ticket, opaque, and the pass, a standard JWT. */
@NullMarked
package dev.usher.token;

import org.jspecify.annotations.NullMarked;
