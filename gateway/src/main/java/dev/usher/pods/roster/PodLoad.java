package dev.usher.pods.roster;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What this replica has in flight on one pod, and what it may have. Takes no lock. */
public final class PodLoad {
  /** The turns of a healthy pod. */
  public static final int TURNS = 100;

  /** Most requests in flight from this replica; on the path of every request. */
  private volatile int share;

  /** How many of {@link #TURNS} the pod gets: fewer while it is ill. */
  private volatile int turns = TURNS;

  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightMax = new AtomicInteger();

  /** Requests in flight that are known to last. */
  private final AtomicInteger lasting = new AtomicInteger();

  // The state at the last tick. One thread at a time.
  private long seenAt;
  private boolean wasBeyond;
  private final AtomicLong beyondMillis = new AtomicLong();

  /** Sets how much this replica may have. Returns whether that is more than before. */
  boolean limit(int changed) {
    boolean more = changed > share;
    share = changed;
    return more;
  }

  /** Sets the part of its turns that the pod gets. */
  void trust(double part) {
    turns = (int) Math.ceil(TURNS * part);
  }

  /** The part of its turns that the pod gets. */
  double trust() {
    return turns / (double) TURNS;
  }

  /** The number of {@link #TURNS} that the pod gets. */
  public int turns() {
    return turns;
  }

  /** Takes one more request in flight, unless this replica has its share of the pod's cap. */
  public boolean tryTake() {
    int now = inFlight.get();
    int most = share;
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

  /** Takes one more request in flight, whatever the limit. */
  public void takeBeyond() {
    int now = inFlight.incrementAndGet();
    if (now > inFlightMax.get()) {
      inFlightMax.accumulateAndGet(now, Math::max);
    }
  }

  public void release() {
    inFlight.decrementAndGet();
  }

  /** Notes that one of the requests in flight turned out to last. */
  public void lasts() {
    lasting.incrementAndGet();
  }

  /** Notes that a lasting request has ended. */
  public void lastsNoMore() {
    lasting.decrementAndGet();
  }

  int lasting() {
    return lasting.get();
  }

  /** Whether this pod is busier than the other, each relative to what it may have. */
  public boolean busierThan(PodLoad other) {
    int most = share;
    int othersMost = other.share;
    if (most == 0) {
      // A pod that may get nothing is busier than any that may, however idle.
      return othersMost > 0 || inFlight.get() > other.inFlight.get();
    }
    return (long) inFlight.get() * othersMost > (long) other.inFlight.get() * most;
  }

  public boolean isHalfFull() {
    return 2 * inFlight.get() >= share;
  }

  public int share() {
    return share;
  }

  /** Requests in flight from this replica. */
  public int inFlight() {
    return inFlight.get();
  }

  int inFlightMax() {
    return inFlightMax.get();
  }

  /** Takes in the state at a tick. */
  void at(long now) {
    boolean beyond = inFlight.get() > share;
    if (wasBeyond && beyond) {
      beyondMillis.addAndGet(Math.max(0, now - seenAt));
    }
    wasBeyond = beyond;
    seenAt = now;
  }

  /**
   * How long there was more in flight than allowed, as of the ticks: because a room that only
   * watches holds nothing back, or because the limit fell below what was on its way.
   */
  long beyondMillis() {
    return beyondMillis.get();
  }
}
