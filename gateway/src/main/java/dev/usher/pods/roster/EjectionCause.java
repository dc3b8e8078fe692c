package dev.usher.pods.roster;

import org.jspecify.annotations.Nullable;

/** Which failed requests put a pod out, if any did. */
public enum EjectionCause {
  NO(null),
  REFUSED("it refused connections"),
  SILENT("it did not answer in time"),
  FAILING("half of its requests or more failed"),
  BREAKING("every connection to it broke");

  private final @Nullable String words;

  EjectionCause(@Nullable String words) {
    this.words = words;
  }

  /** Why the pod is out, in words; null if it is not. */
  @Nullable String words() {
    return words;
  }
}
