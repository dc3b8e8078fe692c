/** The virtual queue in Redis: counters and bitmaps, changed by scripts. */
@NullMarked
package dev.usher.store.redis;

import org.jspecify.annotations.NullMarked;
