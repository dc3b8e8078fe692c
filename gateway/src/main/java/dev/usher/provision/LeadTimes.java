package dev.usher.provision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

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

  /** The growth that goes on: each time that more were asked for, with a clock of its own. */
  private final List<Growth> asked = new ArrayList<>();

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

  /** What was asked for by and by as one growth, which took as long as the slowest part of it. */
  private static Growth joined(List<Growth> parts) {
    Growth first = parts.get(0);
    return new Growth(
        first.askedAt(),
        first.from(),
        parts.get(parts.size() - 1).to(),
        longest(parts, Growth::there),
        longest(parts, Growth::ready),
        longest(parts, Growth::warm));
  }

  private static long longest(List<Growth> parts, ToLongFunction<Growth> time) {
    boolean known = parts.stream().mapToLong(time).allMatch(each -> each > 0);
    return known ? parts.stream().mapToLong(time).max().orElse(0) : 0;
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
    if (asked.isEmpty()) {
      // One of many that never comes is no growth, or it would seem to be over at once, for ever.
      if (ENOUGH * seen.needed() > seen.known() && seen.known() > 0) {
        asked.add(new Growth(seen.now(), seen.known(), seen.needed(), 0, 0, 0));
      }
      return false;
    }
    asked.replaceAll(part -> part.seen(seen));
    Growth last = asked.get(asked.size() - 1);
    long since = seen.now() - asked.get(0).askedAt();
    if (since > GIVE_UP_MILLIS || seen.needed() < last.to()) {
      // Fewer are asked for: those that are still to come never will.
      asked.removeIf(part -> part.ready() == 0);
      return end();
    }
    if (asked.stream().allMatch(part -> part.warm() > 0)) {
      return end();
    }
    if (seen.needed() > last.to()) {
      more(seen, last);
    }
    return false;
  }

  /**
   * Those who are asked for later are not there later because they took longer: a line that grows
   * for ten minutes would say that a pod takes as long.
   */
  private void more(Seen seen, Growth last) {
    boolean together = seen.now() - last.askedAt() < LOOK_MILLIS && last.ready() == 0;
    if (together) {
      asked.set(asked.size() - 1, new Growth(last.askedAt(), last.from(), seen.needed(), 0, 0, 0));
    } else {
      asked.add(new Growth(seen.now(), last.to(), seen.needed(), 0, 0, 0));
    }
  }

  private boolean end() {
    boolean any = !asked.isEmpty() && keep(joined(asked));
    asked.clear();
    return any;
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
