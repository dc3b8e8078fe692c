/** How tokens travel in cookies, and which answers may carry them. */
@NullMarked
package dev.usher.edge.cookie;

import org.jspecify.annotations.NullMarked;
