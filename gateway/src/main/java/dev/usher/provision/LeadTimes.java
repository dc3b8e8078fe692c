package dev.usher.provision;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long pods took, from being asked for until they were there, ready and warm, in the last
 * growths. What was never reached within half an hour was somebody's refusal, and says nothing.
 */
public final class LeadTimes {
  /** Growths that are remembered. */
  private static final int KEPT = 10;

  private static final long GIVE_UP_MILLIS = 1_800_000;

  /** So much of what was asked for counts as all of it: one pod of many may never come. */
  private static final double ENOUGH = 0.95;

  /** A look of the autoscaler that Kubernetes comes with. */
  private static final long LOOK_MILLIS = 15_000;

  private final List<Growth> growths = new CopyOnWriteArrayList<>();
  private @Nullable Growth now;

  /**
   * One growth. Times are in milliseconds from when the pods were asked for, and 0 while unknown.
   *
   * @param askedAt when, in milliseconds since 1970
   * @param from pods that there were
   * @param to pods that were asked for
   * @param there until the pods existed, with a node and an address
   * @param ready until requests could be sent to them
   * @param warm until they bore what a warm pod bears
   */
  public record Growth(long askedAt, int from, int to, long there, long ready, long warm) {
    private String text() {
      return String.format(Locale.ROOT, "%d,%d,%d,%d,%d,%d", askedAt, from, to, there, ready, warm);
    }

    private static Growth parse(String text) {
      String[] words = text.split(",", -1);
      return new Growth(
          Long.parseLong(words[0]),
          Integer.parseInt(words[1]),
          Integer.parseInt(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]),
          Long.parseLong(words[5]));
    }

    private Growth seen(Seen seen) {
      long since = Math.max(1, seen.now() - askedAt);
      return new Growth(
          askedAt,
          from,
          to,
          there == 0 && seen.known() >= to ? since : there,
          ready == 0 && seen.ready() >= ENOUGH * to ? since : ready,
          warm == 0 && seen.warm() >= ENOUGH * to ? since : warm);
    }
  }

  /**
   * The pods at a tick.
   *
   * @param now milliseconds since 1970
   * @param needed pods that are asked for
   * @param known pods that exist, ready or not
   * @param ready pods that are ready
   * @param warm ready pods, each counted by its warmth
   */
  record Seen(long now, int needed, int known, int ready, double warm) {}

  /** Takes in the pods as they are now. Returns whether anything was learnt. */
  boolean see(Seen seen) {
    Growth before = now;
    if (before == null) {
      if (seen.needed() > seen.known() && seen.known() > 0) {
        now = new Growth(seen.now(), seen.known(), seen.needed(), 0, 0, 0);
      }
      return false;
    }
    if (seen.now() - before.askedAt() > GIVE_UP_MILLIS || seen.needed() < before.to()) {
      // Fewer are asked for: those that are still to come never will.
      now = null;
      return before.ready() > 0 && keep(before);
    }
    Growth after = before.seen(seen);
    now = after;
    if (after.warm() > 0) {
      now = null;
      return keep(after);
    }
    if (seen.needed() > after.to() && after.ready() == 0) {
      // More are asked for now: the clock goes on, as for a sale that asks bit by bit.
      now = new Growth(after.askedAt(), after.from(), seen.needed(), 0, 0, 0);
    }
    return false;
  }

  private boolean keep(Growth growth) {
    growths.add(growth);
    if (growths.size() > KEPT) {
      growths.remove(0);
    }
    return true;
  }

  /** The last growths, the oldest first. */
  public List<Growth> all() {
    return List.copyOf(growths);
  }

  /** The longest time until pods were ready; zero if none was measured. */
  public Duration longest() {
    return Duration.ofMillis(growths.stream().mapToLong(Growth::ready).max().orElse(0));
  }

  /**
   * The time that a growth takes at most: the longest of what was declared and measured of a pod,
   * and the looks of an autoscaler that doubles the pods, or adds four, at each.
   */
  Duration toGrow(int from, int to, Duration declared) {
    int looks = 0;
    for (int pods = from; pods < to; pods = Math.max(2 * pods, pods + 4)) {
      looks++;
    }
    Duration longest = longest();
    Duration pod = longest.compareTo(declared) > 0 ? longest : declared;
    return looks == 0 ? Duration.ZERO : pod.plusMillis(looks * LOOK_MILLIS);
  }

  /** All of it as text. */
  String text() {
    return growths.stream().map(Growth::text).collect(Collectors.joining(" "));
  }

  /** Reads what {@link #text} wrote; what cannot be read was not learnt. */
  static LeadTimes parse(String text) {
    LeadTimes read = new LeadTimes();
    try {
      for (String each : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
        read.keep(Growth.parse(each));
      }
    } catch (RuntimeException e) {
      read.growths.clear();
    }
    return read;
  }
}
