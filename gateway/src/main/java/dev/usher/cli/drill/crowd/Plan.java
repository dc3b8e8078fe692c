package dev.usher.cli.drill.crowd;

import dev.usher.cli.drill.http.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The plan of a drill: who comes, when, where to, and how they behave.
 *
 * @param targets where visitors go, each to a random one of them
 * @param visitors how many come
 * @param within time within which all of them have come
 * @param habits how each behaves
 * @param lasting time after which the drill ends, whoever still waits
 * @param seed makes arrivals and behaviour repeatable
 * @param wire what protocol they speak
 */
public record Plan(
    List<Target> targets,
    int visitors,
    Duration within,
    Behaviour habits,
    Duration lasting,
    long seed,
    WireProtocol wire) {

  /** Time after the last arrival at which the rush is over. */
  public static final Duration RUSH = Duration.ofSeconds(5);

  /** Each visitor holds one socket, and a process here rarely gets more than 20,000 files. */
  static final int VISITORS_MAX = 100_000;

  /** Longest drill: anything longer is a load test, not a drill. */
  static final Duration LASTING_MAX = Duration.ofHours(1);

  /** A plan of visitors who speak HTTP/1.1. */
  public Plan(
      List<Target> targets,
      int visitors,
      Duration within,
      Behaviour habits,
      Duration lasting,
      long seed) {
    this(targets, visitors, within, habits, lasting, seed, WireProtocol.HTTP_1);
  }

  public Plan {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("A drill must have at least one target but had none");
    }
    if (visitors < 1 || visitors > VISITORS_MAX) {
      throw new IllegalArgumentException(
          "visitors must be 1 to " + VISITORS_MAX + " but was " + visitors);
    }
    if (within.isNegative()) {
      throw new IllegalArgumentException("within must be at least 0 but was " + within);
    }
    if (lasting.compareTo(within) <= 0 || lasting.compareTo(LASTING_MAX) > 0) {
      throw new IllegalArgumentException(
          "A drill must last longer than its arrivals ("
              + within
              + ") and at most "
              + LASTING_MAX
              + " but was to last "
              + lasting);
    }
    if (wire.http2() && !targets.stream().allMatch(Target::tls)) {
      throw new IllegalArgumentException(
          "HTTP/2 must go to https:// but was to go to "
              + targets.stream().map(Target::toString).collect(Collectors.joining(", ")));
    }
  }

  /** The plan with visitors who speak this protocol. */
  public Plan over(WireProtocol other) {
    return new Plan(targets, visitors, within, habits, lasting, seed, other);
  }

  /** When each visitor arrives, in nanoseconds from the start, in order. */
  public long[] arrivals() {
    SplittableRandom chance = new SplittableRandom(seed);
    long[] at = new long[visitors];
    long span = Math.max(1, within.toNanos());
    for (int i = 0; i < visitors; i++) {
      at[i] = chance.nextLong(span);
    }
    // Sorted uniform times are what a Poisson stream looks like once its count is known.
    Arrays.sort(at);
    return at;
  }
}
