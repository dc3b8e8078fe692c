package dev.usher.server;

import dev.usher.server.VisitorConnection.Owner;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop that can be closed without harming anybody: those with nothing
 * asked and nothing owed, and those of strangers who have not finished asking. The longest idle
 * come first, so that looking for those whose time is over costs nothing for all others.
 */
final class IdleConnections {
  static final int TICK_MILLIS = 250;

  /** Of the time in which the gateway stops, the part for which an idle connection is kept. */
  private static final int LEFT_PART = 4;

  private final Executor loop;
  private final Row strangers;
  private final Row inside;
  private final Row proxies;
  private int ticksLeft = Integer.MAX_VALUE;
  private int now;

  /**
   * @param loop the event loop
   * @param idle how long a visitor's connection is kept
   * @param trustedIdle how long a trusted proxy's connection is kept
   */
  IdleConnections(Executor loop, Duration idle, Duration trustedIdle) {
    this.loop = loop;
    this.strangers = new Row(ticks(idle));
    this.inside = new Row(ticks(idle));
    this.proxies = new Row(ticks(trustedIdle));
  }

  private static int ticks(Duration time) {
    return (int) Math.max(1, (time.toMillis() + TICK_MILLIS - 1) / TICK_MILLIS);
  }

  /** Connections of one kind, in the order in which they became idle. */
  static final class Row {
    private final int ticks;
    private @Nullable VisitorConnection first;
    private @Nullable VisitorConnection last;

    /** Read by the other event loops. */
    private volatile boolean some;

    private Row(int ticks) {
      this.ticks = ticks;
    }

    private void append(VisitorConnection connection) {
      connection.row = this;
      connection.before = last;
      connection.after = null;
      if (last == null) {
        first = connection;
        some = true;
      } else {
        last.after = connection;
      }
      last = connection;
    }

    private void take(VisitorConnection connection) {
      VisitorConnection before = connection.before;
      VisitorConnection after = connection.after;
      if (before == null) {
        first = after;
        some = after != null;
      } else {
        before.after = after;
      }
      if (after == null) {
        last = before;
      } else {
        after.before = before;
      }
      connection.row = null;
      connection.before = null;
      connection.after = null;
    }
  }

  /** Adds a connection: it may now be closed. */
  void add(VisitorConnection connection) {
    remove(connection);
    connection.idleSince = now;
    row(connection.owner()).append(connection);
  }

  private Row row(Owner owner) {
    return switch (owner) {
      case STRANGER -> strangers;
      case INSIDE -> inside;
      case PROXY -> proxies;
    };
  }

  /** Removes a connection: it may no longer be closed. */
  void remove(VisitorConnection connection) {
    if (connection.row != null) {
      connection.row.take(connection);
    }
  }

  /** Whether there is a connection of such an owner. Safe for any thread. */
  boolean has(Owner owner) {
    return row(owner).some;
  }

  /**
   * Closes the longest idle connection, soon: one of the owner who goes first, and none of an owner
   * after this one.
   */
  void closeLongest(Owner last) {
    loop.execute(
        () -> {
          VisitorConnection first = strangers.first;
          if (first == null && last != Owner.STRANGER) {
            first = inside.first;
          }
          if (first == null && last == Owner.PROXY) {
            first = proxies.first;
          }
          if (first != null) {
            first.close();
          }
        });
  }

  /** Moves the time on by {@link #TICK_MILLIS}. */
  void tick() {
    now++;
    closeThoseIdle(strangers);
    closeThoseIdle(inside);
    closeThoseIdle(proxies);
  }

  private void closeThoseIdle(Row row) {
    int ticks = Math.min(row.ticks, ticksLeft);
    for (VisitorConnection first = row.first;
        first != null && now - first.idleSince > ticks;
        first = row.first) {
      if (first.isReceiving()) {
        add(first);
      } else {
        first.close();
      }
    }
  }

  /**
   * Notes that the gateway stops. Whoever keeps a connection and asks learns of it from the answer;
   * an idle one is kept for a part of the time, as a request may meet its end on the way.
   *
   * @param within how long running requests may take
   */
  void drain(Duration within) {
    ticksLeft = ticks(within.dividedBy(LEFT_PART));
  }

  boolean isDraining() {
    return ticksLeft < Integer.MAX_VALUE;
  }
}
