/** How a call gets to the right server: connections, redirects, sentinels, clusters, troubles. */
@NullMarked
package dev.usher.store.redis.link;

import org.jspecify.annotations.NullMarked;
