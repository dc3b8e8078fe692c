package dev.usher.pods.roster;

import org.jspecify.annotations.Nullable;

/** Whether failed requests put the pod out, and which. */
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

  /** Why it is out; null where it is not. */
  @Nullable String words() {
    return words;
  }
}
