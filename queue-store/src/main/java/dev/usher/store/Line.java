package dev.usher.store;

import java.util.Map;

/**
 * One room's queue at a moment: all a replica needs to answer its visitors until it asks again.
 *
 * @param epoch the queue's epoch
 * @param lane the lane
 * @param issued the last number given
 * @param called numbers up to here may come in
 * @param offered numbers up to here have no place kept free any more
 * @param open of the called numbers, those before this one may find a place if they ask now; {@link
 *     #EVERYONE} when no more ask than there are places
 * @param paused whether admissions are paused
 * @param waiting who waits: present, neither inside nor gone
 * @param left who gave up the place or ended the session
 * @param leftBefore the same of earlier epochs whose passes may still be valid, by epoch
 * @param counts how many, of the room and of its upstream
 * @param recovery what the store has lost and got back
 * @param time the store's clock, in milliseconds since 1970
 */
public record Line(
    long epoch,
    int lane,
    long issued,
    long called,
    long offered,
    long open,
    boolean paused,
    Bits waiting,
    Bits left,
    Map<Long, Bits> leftBefore,
    Counts counts,
    Recovery recovery,
    long time) {

  /** All who are called may ask. */
  public static final long EVERYONE = Long.MAX_VALUE;

  /** Five steps, of which the first says how many may come in. */
  private static final long SAID_WITHIN_MILLIS = 1000;

  /**
   * How many, of the room and of its upstream.
   *
   * @param waiting visitors of the room who wait and are not called
   * @param inside sessions of the room, of all epochs
   * @param sessions sessions of all rooms of the upstream
   * @param capacity sessions the upstream bears; 0 when nobody has said so lately
   * @param span numbers of the room from the lowest that is in use to the last one given
   * @param asking visitors of the room who are called, found no place and ask for one
   * @param moves how often places of this epoch were moved to another browser
   */
  public record Counts(
      long waiting, long inside, long sessions, long capacity, long span, long asking, long moves) {
    /** Of a room that has given no numbers yet. */
    public Counts(long waiting, long inside, long sessions, long capacity) {
      this(waiting, inside, sessions, capacity, 0, 0, 0);
    }

    public Counts {
      if (Math.min(Math.min(waiting, inside), Math.min(sessions, capacity)) < 0) {
        throw new IllegalArgumentException(
            "Counts must be at least 0 but were "
                + (waiting + ", " + inside + ", " + sessions + ", " + capacity));
      }
    }
  }

  /**
   * What the store has lost and got back, and whether its visitors can be seen.
   *
   * @param validFrom tickets of epochs before this one are worth nothing. Those of others that are
   *     not the current one are exchanged: {@link QueueStore#enlist}
   * @param settlesAt until then replicas bring back what the store may have lost, and nobody gets a
   *     number or comes in; by the store's clock, in milliseconds since 1970
   * @param admitsAt until then nobody comes in, likewise: sessions that nobody remembers may go on
   * @param standby whether visitors stand by for a number
   * @param counted whether it has been worked out, since all was brought back, who waits
   * @param cutOff whether those who wait are absent in a mass
   */
  public record Recovery(
      long validFrom,
      long settlesAt,
      long admitsAt,
      boolean standby,
      boolean counted,
      CutOff cutOff) {
    /** Nothing was lost. */
    public static final Recovery NONE = new Recovery(0, 0, 0, false, true);

    /** Of visitors who are not cut off. */
    public Recovery(
        long validFrom, long settlesAt, long admitsAt, boolean standby, boolean counted) {
      this(validFrom, settlesAt, admitsAt, standby, counted, CutOff.NONE);
    }

    /** The same while visitors are cut off so. */
    public Recovery during(CutOff now) {
      return new Recovery(validFrom, settlesAt, admitsAt, standby, counted, now);
    }
  }

  /**
   * That those who wait are absent in a mass, because their way here is cut.
   *
   * @param since when it was noticed, in milliseconds since 1970 by the store's clock; 0 when they
   *     are not
   * @param called numbers up to here had been called by then
   */
  public record CutOff(long since, long called) {
    /** They are seen. */
    public static final CutOff NONE = new CutOff(0, 0);

    public boolean lasts() {
      return since > 0;
    }
  }

  /** Before the store was first asked: nobody is called, so nobody comes in. */
  public static final Line UNKNOWN = unknown(0);

  /** What a store tells of a queue that it knows nothing of, at this time. */
  public static Line unknown(long time) {
    return new Line(
        0,
        0,
        0,
        0,
        0,
        EVERYONE,
        false,
        Bits.NONE,
        Bits.NONE,
        Map.of(),
        new Counts(0, 0, 0, 0),
        Recovery.NONE,
        time);
  }

  /** Whether the store knows the queue, and has again what it may have lost. */
  public boolean settled() {
    return epoch > 0 && recovery.settlesAt() <= time;
  }

  /** Whether nobody comes in for now, because sessions that nobody remembers may go on. */
  public boolean holds() {
    return recovery.admitsAt() > time;
  }

  /** Whether there is no capacity. While nobody comes in, and until the next step, none is said. */
  public boolean closed() {
    boolean said = time >= recovery.admitsAt() + SAID_WITHIN_MILLIS;
    return epoch > 0 && said && counts.capacity() == 0;
  }

  /**
   * How much of the numbers that can be given is used, from 0 to 1: of those in use at once, or of
   * all of the epoch. At 1 nobody gets a number.
   */
  public double numbersUsed() {
    return Math.max(
        Math.min(1, (double) counts.span() / Queue.SPAN_MAX),
        Math.min(1, (double) issued / Place.NUMBER_MAX));
  }

  /** Whether it also shows all who wait, so that their places may be told from it. */
  public boolean whole() {
    return settled() && recovery.counted();
  }

  /** Whether this place was given up, or its session ended, as far as it matters to a pass. */
  public boolean hasLeft(Place place) {
    Bits gone = place.epoch() == epoch ? left : leftBefore.get(place.epoch());
    return gone != null && gone.has(place.number());
  }

  /**
   * How many visitors come in before this number, exact as of this moment: those present between
   * the called and it, and the called who wait for a place. Numbers given since then count as
   * present, those left out since then do not.
   */
  public long ahead(long number) {
    if (number <= called) {
      long found = number <= open ? 0 : waiting.before(number) - waiting.before(open);
      return number > offered ? found : Math.max(found, left(absent(number)));
    }
    long known = Math.min(number, issued + 1);
    // After a loss whole gaps of numbers are left out; so many are not given between two looks.
    long later = (number - known) % Queue.GAP;
    long placeless = left(absent(offered + 1));
    return placeless + waiting.before(known) - waiting.before(called + 1) + later;
  }

  /** How many visitors are called and expected: a place is kept for them, or they ask for one. */
  public long expected() {
    long kept = waiting.before(called + 1) - waiting.before(Math.min(offered, called) + 1);
    return kept + counts.asking();
  }

  /** While a crowd is cut off: those before this number who have lost their turn by it. */
  private long absent(long number) {
    CutOff cut = recovery.cutOff();
    return cut.lasts() ? waiting.before(Math.min(number, cut.called() + 1)) : 0;
  }

  /** Those of so many for whom there is no place now. */
  private long left(long asking) {
    return Math.max(0, asking - Math.max(0, counts.capacity() - counts.sessions()));
  }
}
