package dev.usher.admission;

/**
 * What is known of one upstream when the next visitors are to be called.
 *
 * @param capacity sessions the pods ready now can carry
 * @param sessions sessions of all its rooms
 * @param waiting visitors who wait in all its rooms and are not called
 */
public record Observation(long capacity, long sessions, long waiting) {
  public Observation {
    if (capacity < 0 || sessions < 0 || waiting < 0) {
      throw new IllegalArgumentException(
          "capacity, sessions and waiting must be at least 0 but were "
              + capacity
              + ", "
              + sessions
              + ", "
              + waiting);
    }
  }
}
