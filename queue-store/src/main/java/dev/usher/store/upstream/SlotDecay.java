package dev.usher.store.upstream;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much of what a replica has in flight at one moment is still in flight a while later, as that
 * replica measured it.
 *
 * @param lasting on each pod, requests that may last to the end: streams, and those that nothing
 *     measured explains
 * @param left of 1,000 others that are in flight, how many still are after each of {@link #MILLIS};
 *     empty where that is not known
 * @param silentMillis so long it may be silent, and live: a lease, and more where the store is slow
 */
public record SlotDecay(Slots lasting, List<Integer> left, long silentMillis) {
  /** Other times need another field of the report: replicas of two versions read each other's. */
  public static final List<Integer> MILLIS =
      List.of(250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000);

  /** Nothing was measured: all of it may be there to the end. */
  public static final SlotDecay UNKNOWN = new SlotDecay(Slots.NONE, List.of());

  private static final int ALL = 1000;

  /** How much stays, where the store answers as it should. */
  public SlotDecay(Slots lasting, List<Integer> left) {
    this(lasting, left, SlotStore.LEASE.toMillis());
  }

  public SlotDecay {
    left = List.copyOf(left);
    if (!left.isEmpty() && left.size() != MILLIS.size()) {
      throw new IllegalArgumentException("left must be " + MILLIS.size() + " but was " + left);
    }
    if (left.stream().anyMatch(part -> part < 0 || part > ALL)) {
      throw new IllegalArgumentException("left must be 0 to " + ALL + " but was " + left);
    }
  }

  /**
   * Of so many slots on a pod that were in use, how many still are, in the mean.
   *
   * @param millis how much later, at least 0
   */
  public double of(String pod, int slots, long millis) {
    int last = Math.min(slots, lasting.on(pod));
    return last + (slots - last) * after(millis);
  }

  /** Between two times the straight line: what really is left is less, for it falls ever slower. */
  private double after(long millis) {
    if (left.isEmpty() || millis <= 0) {
      return 1;
    }
    double from = 0;
    double had = ALL;
    for (int i = 0; i < left.size(); i++) {
      double until = MILLIS.get(i);
      double has = left.get(i);
      if (millis < until) {
        return (had + (has - had) * (millis - from) / (until - from)) / ALL;
      }
      from = until;
      had = has;
    }
    return had / ALL;
  }

  /** The same of a replica that may be silent for so long. */
  public SlotDecay silent(long millis) {
    return new SlotDecay(lasting, left, millis);
  }

  /** All but what lasts, as text without a bar. */
  public String leftText() {
    return Stream.concat(Stream.of(silentMillis), left.stream())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** Reads what {@link Slots#text} and {@link #leftText} wrote. */
  public static SlotDecay parse(String lasting, String left) {
    String[] words = left.split(" ", -1);
    return new SlotDecay(
        Slots.parse(lasting),
        Arrays.stream(words).skip(1).map(Integer::valueOf).toList(),
        Long.parseLong(words[0]));
  }
}
