package dev.usher.room;

import dev.usher.store.Place;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The networks from which the sessions of a room were used in the last minute, as this replica saw
 * it. A phone on the move is in two or three; a pass that was given to many people is in as many as
 * they are.
 *
 * <p>A table of fixed size. On the path of every request of an admitted visitor: one volatile read
 * for the session and one to four for its networks, no lock, and an allocation for the session's
 * first request only.
 */
public final class Sightings {
  /** More than a phone meets in a minute on a train: two cells, home, work. */
  static final int NETWORKS_MAX = 4;

  /**
   * How often one ticket may be claimed within a minute: by a few tabs, and again when an answer
   * was lost.
   */
  static final int CLAIMS_MAX = 4;

  private static final int MINUTE_SECONDS = 60;

  /**
   * Sessions watched at the same time; a power of two. Numbers are consecutive, so they fall on
   * rows of their own. Beyond this many, some sessions are not watched.
   */
  private static final int ROWS = 16_384;

  private final AtomicReferenceArray<@Nullable Row> rows = new AtomicReferenceArray<>(ROWS);
  private final LongAdder sessions = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder claims = new LongAdder();
  private volatile long lastAt;

  /** One session. Each network is stored as its number and the second in which it was last seen. */
  private static final class Row {
    final Place place;
    final AtomicLongArray networks = new AtomicLongArray(NETWORKS_MAX);

    /** The second of the first claim of a minute, and the number of claims since. */
    final AtomicLong claims = new AtomicLong();

    volatile int seen;
    volatile boolean shared;

    Row(Place place, int second) {
      this.place = place;
      this.seen = second;
    }

    boolean see(int network, int second) {
      if (seen != second) {
        seen = second;
      }
      while (true) {
        int free = -1;
        for (int i = 0; i < NETWORKS_MAX; i++) {
          long cell = networks.get(i);
          if (isOver((int) cell, second)) {
            // The cell may be of any network: another loop may be giving it to its own at this
            // moment.
            free = free < 0 ? i : free;
          } else if ((int) (cell >>> 32) == network) {
            if ((int) cell != second) {
              networks.compareAndSet(i, cell, cell(network, second));
            }
            return true;
          }
        }
        if (free < 0) {
          return false;
        }
        long old = networks.get(free);
        if (isOver((int) old, second) && networks.compareAndSet(free, old, cell(network, second))) {
          return true;
        }
      }
    }

    /** Counts a claim, and returns how many there were within the minute. */
    int claim(int second) {
      return (int)
          claims.updateAndGet(
              before -> isOver((int) (before >>> 32), second) ? cell(second, 1) : before + 1);
    }

    private static long cell(int high, int low) {
      return ((long) high << 32) | (low & 0xFFFF_FFFFL);
    }
  }

  /** Whether that was a minute ago or more; also true if the clock was set back since. */
  private static boolean isOver(int before, int second) {
    return Math.abs(second - before) >= MINUTE_SECONDS;
  }

  /**
   * Notes that a session is used. Returns whether it was used from no more than four networks
   * within a minute; the first four may go on, and one beyond them is not noted.
   *
   * @param network the network as a number
   * @param now milliseconds since 1970
   */
  public boolean see(Place place, int network, long now) {
    int second = (int) (now / 1000);
    Row row = row(place, second);
    if (row == null || row.see(network, second)) {
      return true;
    }
    requests.increment();
    shared(row, now);
    return false;
  }

  /** Notes that a ticket is claimed. Returns whether that was not too often. */
  public boolean claim(Place place, long now) {
    int second = (int) (now / 1000);
    Row row = row(place, second);
    if (row == null || row.claim(second) <= CLAIMS_MAX) {
      return true;
    }
    claims.increment();
    shared(row, now);
    return false;
  }

  private void shared(Row row, long now) {
    lastAt = now;
    if (!row.shared) {
      row.shared = true;
      sessions.increment();
    }
  }

  /** The session's row; null while another session that was used within the last minute has it. */
  private @Nullable Row row(Place place, int second) {
    int at = (int) place.number() & (ROWS - 1);
    Row row = rows.get(at);
    while (row == null || !row.place.equals(place)) {
      if (row != null && !isOver(row.seen, second)) {
        return null;
      }
      Row fresh = new Row(place, second);
      row = rows.compareAndSet(at, row, fresh) ? fresh : rows.get(at);
    }
    return row;
  }

  /** Sessions that were used from more than four networks within a minute, or claimed too often. */
  public long sessions() {
    return sessions.sum();
  }

  /** Requests from networks beyond the first four of their sessions. */
  public long requests() {
    return requests.sum();
  }

  /** Claims of tickets beyond the four allowed in a minute. */
  public long claims() {
    return claims.sum();
  }

  /**
   * When a session was last used from too many networks, or a ticket claimed too often, in
   * milliseconds since 1970; 0 for never.
   */
  public long lastAt() {
    return lastAt;
  }
}
