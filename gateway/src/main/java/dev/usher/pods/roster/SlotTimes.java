package dev.usher.pods.roster;

import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.Slots;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long requests held their slots, over about the last minute, told as the part of what is in
 * flight at one moment that still is a while later.
 *
 * <p>Of the slots held at one moment most belong to long requests, however few these are. So what
 * counts is not how many requests took longer than e, but the time for which they held their slots
 * beyond e, as a part of all the time for which slots were held: E[(D - e)+] / E[D].
 *
 * <p>On the path of every request: locks nothing, allocates nothing and reads no clock. A request
 * is timed by the last ticks before its beginning and its end. Most requests see no tick and add
 * nothing; the others make up for them, so that the sums are right.
 */
public final class SlotTimes {
  private static final long WINDOW_MILLIS = 15_000;
  private static final int WINDOWS = 4;

  /** Fewest requests from which it is known how long others take. */
  private static final int KNOWN_FROM = 50;

  /** Shortest window that says how much is in flight on average. */
  private static final long YOUNG_MILLIS = 5000;

  /**
   * How many times the average may be in flight at one moment without needing an explanation, plus
   * one request.
   */
  private static final double GENEROUS = 2;

  private static final int ALL = 1000;
  private static final int SUMS = 2 + SlotDecay.MILLIS.size();

  /**
   * The number of requests that ended, the time they held slots, and how much of it was beyond each
   * of the times.
   */
  private final LongAdder[] sums = new LongAdder[SUMS];

  /** The time of the last tick. */
  private volatile long now;

  // Confined to the roster's lock.
  private final Deque<Window> windows = new ArrayDeque<>();

  /** One window of the last minute. */
  private static final class Window {
    private final long since;
    private final long[] before;
    private int mostInFlight;

    Window(long since, long[] before) {
      this.since = since;
      this.before = before;
    }
  }

  public SlotTimes() {
    for (int i = 0; i < SUMS; i++) {
      sums[i] = new LongAdder();
    }
  }

  /** The beginning of a request, to be handed in when it ends. */
  public long begins() {
    return now;
  }

  public void ended(long began) {
    sums[0].increment();
    long held = now - began;
    // A request that began before the first tick has no time.
    if (held > 0 && began > 0) {
      sums[1].add(held);
      for (int i = 0; i < SlotDecay.MILLIS.size() && held > SlotDecay.MILLIS.get(i); i++) {
        sums[2 + i].add(held - SlotDecay.MILLIS.get(i));
      }
    }
  }

  void tick(long tick) {
    now = tick;
    Window last = windows.peekLast();
    if (last == null || tick - last.since >= WINDOW_MILLIS || tick < last.since) {
      windows.addLast(new Window(tick, sums()));
      if (windows.size() > WINDOWS + 1) {
        windows.removeFirst();
      }
    }
  }

  private long[] sums() {
    long[] all = new long[SUMS];
    for (int i = 0; i < SUMS; i++) {
      all[i] = sums[i].sum();
    }
    return all;
  }

  /**
   * Works out how much stays.
   *
   * @param inFlight requests in flight, by pod
   * @param lasting those of them that are known to last, by pod
   * @param held slots that are taken, or may be at any moment
   */
  SlotDecay tell(Map<String, Integer> inFlight, Map<String, Integer> lasting, int held) {
    Window first = windows.peekFirst();
    Window last = windows.peekLast();
    if (first == null || last == null) {
      return new SlotDecay(Slots.of(lasting), List.of());
    }
    int others = sum(inFlight) - sum(lasting);
    last.mostInFlight = Math.max(last.mostInFlight, others);
    long[] sums = sums();
    if (sums[0] - first.before[0] < KNOWN_FROM) {
      return new SlotDecay(Slots.of(lasting), whileQuiet(first, held));
    }
    List<Integer> left = new ArrayList<>();
    double all = Math.max(1, sums[1] - first.before[1]);
    for (int i = 2; i < SUMS; i++) {
      left.add((int) Math.min(ALL, Math.ceil(ALL * (sums[i] - first.before[i]) / all)));
    }
    double unexplained = others - GENEROUS * mostInMean(sums) - 1;
    return new SlotDecay(
        unexplained <= 0
            ? Slots.of(lasting)
            : withUnexplained(inFlight, lasting, unexplained / others),
        left);
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * The part that may stay in a quiet minute: the most that was in flight; on a replica that has
   * just begun, everything.
   */
  private List<Integer> whileQuiet(Window first, int held) {
    if (now - first.since < WINDOW_MILLIS) {
      return List.of();
    }
    int most = windows.stream().mapToInt(window -> window.mostInFlight).max().orElse(0);
    int part = (int) Math.min(ALL, Math.ceil((double) ALL * most / Math.max(1, held)));
    return Collections.nCopies(SlotDecay.MILLIS.size(), part);
  }

  /** The highest average in flight of any window: the rate of requests times what each takes. */
  private double mostInMean(long[] sums) {
    double most = 0;
    long until = now;
    long[] after = sums;
    for (var each = windows.descendingIterator(); each.hasNext(); ) {
      Window window = each.next();
      if (until - window.since >= YOUNG_MILLIS || !each.hasNext()) {
        double held = after[1] - window.before[1];
        most = Math.max(most, held / Math.max(YOUNG_MILLIS, until - window.since));
        until = window.since;
        after = window.before;
      }
    }
    return most;
  }

  /** More is in flight than the ended requests explain, so the rest has not ended, and may last. */
  private static Slots withUnexplained(
      Map<String, Integer> inFlight, Map<String, Integer> lasting, double part) {
    Map<String, Integer> more = new HashMap<>();
    inFlight.forEach(
        (pod, count) -> {
          int known = lasting.getOrDefault(pod, 0);
          more.put(pod, known + (int) Math.ceil(part * (count - known)));
        });
    return Slots.of(more);
  }
}
