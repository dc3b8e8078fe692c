package dev.usher.http;

import org.jspecify.annotations.Nullable;

/** The headers of one message. */
@FunctionalInterface
public interface Headers {
  /** The value, with several lines joined by commas; null if there is none. */
  @Nullable String get(String name);
}
