package dev.usher.pods.roster;

import dev.usher.admission.PodsSeen;
import java.time.Duration;

/** Since when nothing was heard of which pods are ready. Heard on any thread, asked at ticks. */
final class SignalAge {
  private long usualMillis;
  private volatile boolean heard;
  private volatile boolean begun;
  private long heardAt = Long.MIN_VALUE;
  private volatile long age;

  /**
   * @param usual who asks so seldom hears so seldom
   * @param begun whether it is known at the beginning which pods there are, if not how they stand
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

  /** Milliseconds of silence that nothing explains. */
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
   * How old the last word was at the last tick, in milliseconds; {@link PodsSeen#NEVER_HEARD}
   * without one.
   */
  long age() {
    return begun ? age : PodsSeen.NEVER_HEARD;
  }
}
