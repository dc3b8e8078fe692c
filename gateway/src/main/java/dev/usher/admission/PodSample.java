package dev.usher.admission;

/**
 * One pod as it was seen at a tick.
 *
 * @param pod its name
 * @param life how many times it was started, as far as is known; a new life starts cold
 * @param ready whether it may be sent requests: ready, not terminating, not ejected
 * @param warmed whether something other than its own requests says that it is warm
 * @param age milliseconds since it became ready in this life
 * @param served requests it answered in this life to this replica
 */
public record PodSample(
    String pod, int life, boolean ready, boolean warmed, long age, long served) {
  public PodSample {
    if (age < 0 || served < 0) {
      throw new IllegalArgumentException(
          "age and served must be at least 0 but were " + age + ", " + served);
    }
  }
}
