/** Which room, if any, guards a request. */
@NullMarked
package dev.usher.edge.route;

import org.jspecify.annotations.NullMarked;
