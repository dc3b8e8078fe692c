/** HTTP in and out: routing to rooms, cookies, the proxy and its limits. */
@NullMarked
package dev.usher.edge;

import org.jspecify.annotations.NullMarked;
