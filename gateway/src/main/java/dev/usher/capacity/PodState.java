package dev.usher.capacity;

import dev.usher.room.Pod;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What is known of one pod. The counts are lock-free; readiness changes under the set's lock. */
final class PodState {
  private final Pod pod;
  private volatile int cap;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightMax = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final LongAdder served = new LongAdder();
  volatile boolean ready;

  // Of this life; touched under the set's lock only.
  int life = 1;
  long readySince;
  long servedBefore;

  volatile boolean ejected;

  // Answers of the probe in a row; touched under the set's lock only.
  int goodProbes;
  int badProbes;
  boolean everProbed;

  PodState(Pod pod, int cap) {
    this.pod = pod;
    this.cap = cap;
  }

  Pod pod() {
    return pod;
  }

  /** Takes one more request in flight, unless the pod is at its cap. */
  boolean tryTake() {
    int now = inFlight.get();
    int most = cap;
    while (now < most) {
      int seen = inFlight.compareAndExchange(now, now + 1);
      if (seen == now) {
        if (now + 1 > inFlightMax.get()) {
          inFlightMax.accumulateAndGet(now + 1, Math::max);
        }
        return true;
      }
      now = seen;
    }
    return false;
  }

  void release() {
    inFlight.decrementAndGet();
  }

  /** Whether this pod is busier than the other, each measured by its own cap. */
  boolean busierThan(PodState other) {
    return (long) inFlight.get() * other.cap > (long) other.inFlight.get() * cap;
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Counts one more failure. Returns how many there are in a row. */
  int failed() {
    return failures.incrementAndGet();
  }

  void worked() {
    // Read before write: on the path of every request, and almost always zero already.
    if (failures.get() != 0) {
      failures.set(0);
    }
  }

  void limit(int most) {
    cap = most;
  }

  void countServed() {
    served.increment();
  }

  /** Requests answered in all its lives. */
  long served() {
    return served.sum();
  }

  PodView view() {
    return new PodView(pod, ready, ejected, inFlight.get(), cap, inFlightMax.get());
  }
}
