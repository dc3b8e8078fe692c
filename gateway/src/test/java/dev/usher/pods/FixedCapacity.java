package dev.usher.pods;

import dev.usher.admission.Admission;
import dev.usher.admission.Admission.Reason;
import dev.usher.admission.AdmissionController;
import dev.usher.admission.Figures;
import dev.usher.admission.Observation;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.QueueCounts;
import dev.usher.admission.Traffic;
import java.util.List;
import java.util.function.LongSupplier;

/** Fills an upstream up to a capacity that a test sets, whatever its pods do. */
public final class FixedCapacity implements AdmissionController {
  /** Pods that nothing is known of, and that need no limit. */
  public static final PodWatch NO_PODS =
      new PodWatch() {
        @Override
        public PodsSeen see(long now) {
          return new PodsSeen(List.of(), Traffic.NONE, 0);
        }

        @Override
        public Load load() {
          return Load.NONE;
        }

        @Override
        public void limit(List<PodLimit> limits) {}
      };

  private final LongSupplier capacity;
  private final int step;

  /**
   * @param step visitors called at once, at most
   */
  public FixedCapacity(LongSupplier capacity, int step) {
    this.capacity = capacity;
    this.step = step;
  }

  @Override
  public Admission decide(Observation seen) {
    long bears = capacity.getAsLong();
    QueueCounts queue = seen.queue();
    long free = Math.max(0, bears - queue.sessions());
    int places = (int) Math.min(free, step);
    return new Admission(
        bears, places, Long.MAX_VALUE, reason(bears, queue), Figures.NONE, List.of(), null);
  }

  private static Reason reason(long bears, QueueCounts queue) {
    if (bears == 0) {
      return Reason.NO_CAPACITY;
    }
    return queue.waiting() == 0 ? Reason.NOBODY_WAITS : Reason.CAPACITY_FULL;
  }
}
