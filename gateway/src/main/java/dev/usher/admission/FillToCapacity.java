package dev.usher.admission;

import dev.usher.admission.Admission.Reason;

/** Fills the upstream up to its capacity, at most so many visitors a step. */
public final class FillToCapacity implements AdmissionController {
  private final int step;

  /**
   * @param step visitors called at once, at most: so that one late count cannot call a whole crowd
   */
  public FillToCapacity(int step) {
    if (step < 1) {
      throw new IllegalArgumentException("A step must be at least 1 but was " + step);
    }
    this.step = step;
  }

  @Override
  public Admission decide(Observation seen) {
    if (seen.capacity() == 0) {
      return new Admission(0, Reason.NO_CAPACITY);
    }
    // After a pod is lost there may be more sessions than the rest can carry. Nobody is thrown out:
    // we only stop calling until enough of them have ended.
    long free = Math.max(0, seen.capacity() - seen.sessions());
    int places = (int) Math.min(free, step);
    if (seen.waiting() == 0) {
      return new Admission(places, Reason.NOBODY_WAITS);
    }
    if (free == 0) {
      return new Admission(0, Reason.CAPACITY_FULL);
    }
    if (seen.waiting() <= places) {
      return new Admission(places, Reason.ENOUGH_FOR_ALL);
    }
    return new Admission(places, free > step ? Reason.STEP : Reason.CAPACITY_FULL);
  }
}
