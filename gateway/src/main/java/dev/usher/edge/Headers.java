package dev.usher.edge;

import org.jspecify.annotations.Nullable;

/** The headers of one message. */
@FunctionalInterface
interface Headers {
  /** The value, those of several lines joined by commas; null when there is none. */
  @Nullable String get(String name);
}
