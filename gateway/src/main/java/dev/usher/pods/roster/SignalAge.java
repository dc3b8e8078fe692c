package dev.usher.pods.roster;

import dev.usher.admission.PodsSeen;
import java.time.Duration;

/** How long nothing has been heard of which pods are ready. Heard on any thread, asked at ticks. */
final class SignalAge {
  private long usualMillis;
  private volatile boolean heard;
  private volatile boolean begun;
  private long heardAt = Long.MIN_VALUE;
  private volatile long age;

  /**
   * @param usual the longest silence that is normal
   * @param begun whether it is known from the beginning which pods exist, though not how they stand
   */
  SignalAge(Duration usual, boolean begun) {
    this.usualMillis = usual.toMillis();
    this.begun = begun;
  }

  void usual(Duration changed) {
    usualMillis = changed.toMillis();
  }

  void hear() {
    heard = true;
    begun = true;
  }

  /** Milliseconds of silence, if it is longer than normal; otherwise 0. */
  long at(long now) {
    if (!begun) {
      return PodsSeen.NEVER_HEARD;
    }
    if (heard || heardAt == Long.MIN_VALUE) {
      heard = false;
      heardAt = now;
    }
    age = Math.max(0, now - heardAt);
    return age <= usualMillis ? 0 : age;
  }

  /**
   * How old the last word was at the last tick, in milliseconds; {@link PodsSeen#NEVER_HEARD} if
   * there was none.
   */
  long age() {
    return begun ? age : PodsSeen.NEVER_HEARD;
  }
}
