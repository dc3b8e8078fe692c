package dev.usher.sim.faults;

import dev.usher.sim.time.BrokenPromiseException;
import dev.usher.words.EnumWords;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many fault schedules, and their outcomes. */
public final class FaultSuite {
  private final List<FaultOutcome> kept = new ArrayList<>();
  private final Map<Long, String> broken = new TreeMap<>();

  private FaultSuite() {}

  /**
   * Runs many seeds.
   *
   * @param replicas how many; 0 to choose at random
   * @param threads runs in parallel
   */
  public static FaultSuite run(long first, int seeds, int replicas, int threads) {
    FaultSuite suite = new FaultSuite();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Map<Long, Future<FaultOutcome>> running = new TreeMap<>();
      for (long seed = first; seed < first + seeds; seed++) {
        long one = seed;
        running.put(one, pool.submit(() -> FaultRun.of(one, replicas)));
      }
      running.forEach(suite::add);
      return suite;
    } finally {
      pool.shutdownNow();
    }
  }

  private void add(long seed, Future<FaultOutcome> running) {
    try {
      kept.add(running.get());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof BrokenPromiseException)) {
        throw new IllegalStateException("Seed " + seed + " failed", e.getCause());
      }
      broken.put(seed, String.valueOf(e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before all runs were over", e);
    }
  }

  /** Whether every promise was kept. */
  public boolean isGood() {
    return broken.isEmpty();
  }

  /** A table of the faults and their outcomes, with the first broken promise in full. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "schedules", kept.size() + broken.size());
    line(text, "schedules that broke a promise", broken.size());
    line(text, "visitors", kept.stream().mapToInt(FaultOutcome::visitors).sum());
    line(text, "lines forgotten by all", kept.stream().mapToInt(FaultOutcome::forgotten).sum());
    Map<Fault.Kind, Integer> kinds = new EnumMap<>(Fault.Kind.class);
    kept.forEach(
        each -> each.schedule().faults().forEach(f -> kinds.merge(f.kind(), 1, Integer::sum)));
    kinds.forEach((kind, count) -> line(text, EnumWords.lower(kind), count));
    line(
        text,
        "beyond a cap, of a million",
        (int) Math.round(kept.stream().mapToDouble(FaultOutcome::beyond).average().orElse(0)));
    resumed(text, "remembered", kept.stream().filter(each -> each.forgotten() == 0).toList());
    resumed(text, "forgotten", kept.stream().filter(each -> each.forgotten() > 0).toList());
    broken.forEach((seed, why) -> text.append(why.lines().findFirst().orElse("")).append('\n'));
    broken.values().stream().findFirst().ifPresent(why -> text.append('\n').append(why));
    return text.toString();
  }

  private static void line(StringBuilder text, String what, int count) {
    text.append(String.format(Locale.ROOT, "%-32s %,8d%n", what, count));
  }

  private static void resumed(StringBuilder text, String what, List<FaultOutcome> of) {
    double[] seconds =
        of.stream()
            .mapToDouble(FaultOutcome::resumed)
            .filter(s -> !Double.isNaN(s))
            .sorted()
            .toArray();
    if (seconds.length > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "admissions resumed, line %-10s p50 %.1f s, p90 %.1f s, p99 %.1f s, max %.1f s of"
                  + " %d%n",
              what,
              at(seconds, 0.5),
              at(seconds, 0.9),
              at(seconds, 0.99),
              seconds[seconds.length - 1],
              seconds.length));
    }
  }

  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1.0, Math.floor(part * sorted.length))];
  }
}
