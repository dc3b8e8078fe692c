package dev.usher.store.redis;

import dev.usher.house.Wait;
import dev.usher.store.Crowds;
import dev.usher.store.NumberBlock;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.redis.link.SentinelSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Visitors who arrive at one upstream without end, a new one as soon as the last has a number. */
public final class Crowd implements AutoCloseable {
  private final QueueStore store;
  private final Queue queue;
  private final List<Long> numbers = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile long longestMs;
  private volatile boolean over;

  public Crowd(QueueStore store, String upstream) {
    this.store = store;
    this.queue = queue(upstream);
    this.thread = new Thread(this::arrive, "crowd-" + upstream);
    thread.setDaemon(true);
    thread.start();
  }

  public static Queue queue(String upstream) {
    return new Queue(
        upstream, "room", Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(45));
  }

  private void arrive() {
    long last = System.nanoTime();
    while (!over) {
      try {
        NumberBlock block = store.arrive(queue, Crowds.newcomers(1)).toCompletableFuture().join();
        if (block.given() == 0) {
          // They stand by until the queue has settled.
          continue;
        }
        numbers.add(block.first());
        long now = System.nanoTime();
        longestMs = Math.max(longestMs, TimeUnit.NANOSECONDS.toMillis(now - last));
        last = now;
      } catch (CompletionException e) {
        failures.add(String.valueOf(e.getCause()));
      }
      Wait.pause(2);
    }
  }

  /** Waits until so many more have numbers. */
  public void await(int more) {
    int before = numbers.size();
    SentinelSet.until(() -> numbers.size() >= before + more);
  }

  public List<Long> numbers() {
    return numbers;
  }

  public List<String> failures() {
    return failures;
  }

  /** The longest time between two numbers so far. */
  public long longestMs() {
    return longestMs;
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
