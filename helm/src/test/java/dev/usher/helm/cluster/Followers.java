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

  /** What a replica said at some moment between the question and the answer. */
  record Sample(long asked, long answered, long ready, double capacity) {}

  /**
   * How long a replica took, in milliseconds.
   *
   * @param atLeast until it was last asked and still did not know
   * @param atMost until it had said that it knows
   */
  record Delay(long atLeast, long atMost) {}

  /** One replica and all that it said. */
  private static final class Follower {
    final Replica replica;
    final List<Sample> samples = new ArrayList<>();

    Follower(Replica replica) {
      this.replica = replica;
    }

    synchronized void look() {
      long asked = System.nanoTime();
      JsonNode upstream = replica.upstream();
      samples.add(
          new Sample(
              asked,
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
   * For each replica and each change, how long it took the replica to show what the slices said
   * then or later. That it took longer is only proven by an old answer to a later question: the
   * machine may as well have kept the answer waiting.
   */
  List<Delay> delays(List<Change> changes) {
    List<Delay> delays = new ArrayList<>();
    for (Follower follower : followers) {
      List<Sample> samples = follower.samples();
      for (int i = 0; i < changes.size(); i++) {
        delays.add(delay(samples, changes.subList(i, changes.size())));
      }
    }
    return delays;
  }

  private static Delay delay(List<Sample> samples, List<Change> from) {
    long begin = from.get(0).nanos();
    long lastOld = begin;
    for (Sample sample : samples) {
      if (sample.answered() >= begin && knows(sample, from)) {
        return new Delay(millis(lastOld - begin), millis(sample.answered() - begin));
      }
      lastOld = Math.max(lastOld, sample.asked());
    }
    return new Delay(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
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
        .filter(sample -> sample.asked() >= sinceNanos)
        .mapToDouble(Sample::capacity)
        .max()
        .orElse(Double.NaN);
  }

  @Override
  public void close() {
    over = true;
  }
}
