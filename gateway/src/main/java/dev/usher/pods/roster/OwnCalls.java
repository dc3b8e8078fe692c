package dev.usher.pods.roster;

import dev.usher.admission.WarmUpCalls;

/** This replica's own calls to one pod, in the pod's present life. Reading it locks nothing. */
public final class OwnCalls {
  private volatile WarmUpCalls told = WarmUpCalls.NONE;
  private volatile int life;

  /** A number that changes with each life of the pod. */
  public int life() {
    return life;
  }

  /** What is known of them. */
  public WarmUpCalls told() {
    return told;
  }

  /** Notes whether the answers no longer get faster. */
  public synchronized void still(boolean is) {
    told = new WarmUpCalls(told.answers(), is, told.givenUp());
  }

  /** Notes that none of the paths works. */
  public synchronized void giveUp() {
    told = new WarmUpCalls(told.answers(), false, true);
  }

  /** Takes back that none of the paths works, and what their answers told: there are others. */
  public synchronized void tryAgain() {
    told = new WarmUpCalls(told.answers(), false, false);
  }

  synchronized void answered() {
    told = new WarmUpCalls(told.answers() + 1, told.still(), told.givenUp());
  }

  synchronized void beginAnew() {
    told = WarmUpCalls.NONE;
    life = life + 1;
  }
}
