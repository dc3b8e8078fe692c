package dev.usher.admission;

/**
 * One pod as it was seen at a tick.
 *
 * @param pod its name
 * @param life a number that rises when it is started anew; a new life starts cold
 * @param ready whether it may be sent requests: ready, not terminating, not ejected
 * @param warmed whether something other than its own requests says that it is warm
 * @param age milliseconds since it became ready in this life
 * @param served requests it answered in this life to this replica
 * @param sessions sessions that it bears when warm, 0 for as many as any other
 */
public record PodSample(
    String pod, int life, boolean ready, boolean warmed, long age, long served, int sessions) {
  /** A pod that bears as much as any other. */
  public PodSample(String pod, int life, boolean ready, boolean warmed, long age, long served) {
    this(pod, life, ready, warmed, age, served, 0);
  }

  public PodSample {
    if (age < 0 || served < 0 || sessions < 0) {
      throw new IllegalArgumentException(
          "age, served and sessions must be at least 0 but were "
              + (age + ", " + served + ", " + sessions));
    }
  }
}
