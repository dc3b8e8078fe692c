package dev.usher.story;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the visitors of one run met. Safe for any thread. */
final class StoryTally {
  private final long began = System.nanoTime();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger errors = new AtomicInteger();
  private final AtomicInteger sold = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private final Set<Integer> in = ConcurrentHashMap.newKeySet();
  private final Set<Integer> troubled = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> kinds = new ConcurrentHashMap<>();
  private volatile double lastIn;

  void arrived() {
    arrived.incrementAndGet();
  }

  /** A visitor saw the shop. */
  void sawTheShop(int visitor) {
    if (in.add(visitor)) {
      lastIn = seconds();
    }
  }

  /** A visitor saw an error instead of what they asked for. */
  void error(int visitor, String kind) {
    errors.incrementAndGet();
    troubled.add(visitor);
    kinds.computeIfAbsent(kind, k -> new AtomicInteger()).incrementAndGet();
  }

  /** A visitor has paid. */
  void sold() {
    sold.incrementAndGet();
    gone.incrementAndGet();
  }

  /** A visitor gave up. */
  void lost() {
    lost.incrementAndGet();
    gone.incrementAndGet();
  }

  /** Visitors who have paid or given up. */
  int gone() {
    return gone.get();
  }

  double seconds() {
    return (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /** The state now, as one row of a course. */
  Row row() {
    return new Row(
        seconds(), arrived.get(), in.size(), sold.get(), lost.get(), errors.get(), 0, 0, 0);
  }

  /** All of it in words. */
  String text(int visitors) {
    return String.format(
        Locale.ROOT,
        "visitors %d%nin %d%nlast in %.0f s%nsold %d%ngave up %d%nnot done %d%nsaw an error %d%n"
            + "errors %d %s%n",
        visitors,
        in.size(),
        lastIn,
        sold.get(),
        lost.get(),
        visitors - gone.get(),
        troubled.size(),
        errors.get(),
        new TreeMap<>(kinds));
  }
}
