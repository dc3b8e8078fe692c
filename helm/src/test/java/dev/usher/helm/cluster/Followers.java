package dev.usher.helm.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.helm.cluster.Slices.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks every replica again and again which pods it sends requests to, so that it can be told how
 * long after a change of the slices each of them acted on it.
 */
final class Followers implements AutoCloseable {
  /** Finer than a tenth of the 300 ms that Usher promises. */
  private static final long LOOK_NANOS = 20_000_000;

  private final List<Follower> followers = new ArrayList<>();
  private volatile boolean over;

  /** What a replica said at a moment. */
  record Sample(long nanos, long ready, double capacity) {}

  /** One replica and all that it said. */
  private static final class Follower {
    final Replica replica;
    final List<Sample> samples = new ArrayList<>();

    Follower(Replica replica) {
      this.replica = replica;
    }

    synchronized void look() {
      JsonNode upstream = replica.upstream();
      samples.add(
          new Sample(
              // When the answer is here: the delay is rather too long than too short.
              System.nanoTime(),
              upstream.path("podsReady").longValue(),
              upstream.path("capacity").doubleValue()));
    }

    synchronized List<Sample> samples() {
      return List.copyOf(samples);
    }
  }

  Followers(List<Replica> replicas) {
    for (Replica replica : replicas) {
      Follower follower = new Follower(replica);
      followers.add(follower);
      Thread thread = new Thread(() -> follow(follower), "follow-" + replica.name());
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void follow(Follower follower) {
    while (!over) {
      follower.look();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /**
   * For each replica and each change, milliseconds until the replica showed what the slices said
   * then or later.
   */
  List<Long> delays(List<Change> changes) {
    List<Long> delays = new ArrayList<>();
    for (Follower follower : followers) {
      List<Sample> samples = follower.samples();
      for (int i = 0; i < changes.size(); i++) {
        delays.add(delay(samples, changes.subList(i, changes.size())));
      }
    }
    return delays;
  }

  private static long delay(List<Sample> samples, List<Change> from) {
    long begin = from.get(0).nanos();
    for (Sample sample : samples) {
      if (sample.nanos() >= begin && knows(sample, from)) {
        return (sample.nanos() - begin) / 1_000_000;
      }
    }
    return Long.MAX_VALUE;
  }

  private static boolean knows(Sample sample, List<Change> changes) {
    return changes.stream().anyMatch(change -> change.ready() == sample.ready());
  }

  /** The last that each replica said. */
  List<Sample> now() {
    return followers.stream()
        .map(Follower::samples)
        .map(samples -> samples.get(samples.size() - 1))
        .toList();
  }

  /** The most sessions that any replica reckoned with since this moment. */
  double mostCapacity(long sinceNanos) {
    return followers.stream()
        .flatMap(follower -> follower.samples().stream())
        .filter(sample -> sample.nanos() >= sinceNanos)
        .mapToDouble(Sample::capacity)
        .max()
        .orElse(Double.NaN);
  }

  @Override
  public void close() {
    over = true;
  }
}
