package dev.usher.sim.usher;

import dev.usher.sim.time.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is wrong between replicas and their store, and when something last was wrong. */
public final class Weather {
  private final Timeline timeline;
  private final List<Trouble> now = new ArrayList<>();
  private final double[] lastTrouble;

  /** Whether something struck this replica alone, and it has not recovered since. */
  private final boolean[] alone;

  /** What may be wrong. */
  public enum Kind {
    /** Nothing arrives, and no error is reported. */
    SILENCE,
    /** Connections are refused at once. */
    REFUSAL,
    /** This share of the answers is lost, though the store did what it was asked. */
    ANSWERS_LOST,
    /** Everything takes up to this many seconds longer. */
    DELAY,
    /** The replica itself is stopped. */
    STOPPED
  }

  private int cuts;
  private double lastCut = Double.NEGATIVE_INFINITY;

  /** Time by which a replica has learnt its share, and its requests beyond it have ended. */
  private static final double HEARD_SECONDS = 3;

  /** The seat that stands for all replicas. */
  public static final int ALL = -1;

  /**
   * Something that is wrong for a while.
   *
   * @param seat which replica, from 0, or {@link #ALL}
   * @param howMuch for {@link Kind#ANSWERS_LOST} the share, for {@link Kind#DELAY} the seconds
   */
  public record Trouble(Kind kind, int seat, double howMuch) {
    boolean strikes(int replica) {
      return seat == ALL || seat == replica;
    }
  }

  public Weather(Timeline timeline, int seats) {
    this.timeline = timeline;
    this.lastTrouble = new double[seats];
    this.alone = new boolean[seats];
    Arrays.fill(lastTrouble, Double.NEGATIVE_INFINITY);
  }

  /** Something begins. */
  public void begin(Trouble trouble) {
    now.add(trouble);
    if (trouble.seat() != ALL) {
      alone[trouble.seat()] = true;
    }
    struck(trouble.seat());
  }

  /** It ends. If the same trouble began twice, it continues. */
  public void end(Trouble trouble) {
    now.remove(trouble);
    struck(trouble.seat());
  }

  /** Something is wrong for an instant. */
  public void struck(int seat) {
    for (int i = 0; i < lastTrouble.length; i++) {
      if (seat == ALL || seat == i) {
        lastTrouble[i] = timeline.seconds();
      }
    }
  }

  /** How many seconds all has been well for this replica; 0 while it is not. */
  public double wellFor(int seat) {
    return now.stream().anyMatch(trouble -> trouble.strikes(seat))
        ? 0
        : timeline.seconds() - lastTrouble[seat];
  }

  /** All or some visitors cannot get through to any replica. */
  public void cutOff() {
    cuts++;
    lastCut = timeline.seconds();
  }

  /** Visitors get through again. */
  public void letThrough() {
    cuts--;
    lastCut = timeline.seconds();
  }

  /** Whether visitors were cut off at that time, in seconds since the run began, or later. */
  public boolean cutOffSince(double at) {
    return cuts > 0 || lastCut >= at;
  }

  /** Whether something was wrong for some replica at that time or later. */
  public boolean struckSince(double at) {
    return Arrays.stream(lastTrouble).anyMatch(last -> last >= at) || !now.isEmpty();
  }

  /**
   * Whether this replica cannot know, or until just now could not know, what the others have been
   * given.
   */
  boolean unheard(int seat) {
    alone[seat] &= wellFor(seat) < HEARD_SECONDS;
    return alone[seat];
  }

  boolean is(Kind kind, int seat) {
    return now.stream().anyMatch(trouble -> trouble.kind() == kind && trouble.strikes(seat));
  }

  /** The strongest trouble of this kind that affects the replica. */
  double howMuch(Kind kind, int seat) {
    return now.stream()
        .filter(trouble -> trouble.kind() == kind && trouble.strikes(seat))
        .mapToDouble(Trouble::howMuch)
        .max()
        .orElse(0);
  }
}
