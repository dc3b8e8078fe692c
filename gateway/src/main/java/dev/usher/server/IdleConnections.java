package dev.usher.server;

import dev.usher.server.VisitorConnection.Owner;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop that it would harm nobody to close: those with nothing asked
 * and nothing owed, and those of strangers who have not asked to the end. The longest idle come
 * first, so that to look for those whose time is over costs nothing for all others.
 */
final class IdleConnections {
  static final int TICK_MILLIS = 250;

  /** On a stop, whoever keeps a connection and uses it has asked by then, and knows. */
  private static final Duration LEFT_WHILE_DRAINING = Duration.ofSeconds(1);

  private final Executor loop;
  private final Row strangers;
  private final Row inside;
  private final Row proxies;
  private boolean draining;
  private int now;

  /**
   * @param loop the event loop
   * @param idle how long a visitor's connection is kept
   * @param trustedIdle how long that of a trusted proxy is
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

  /** Connections of one kind in the order in which they came to rest. */
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

  /** From now on it may be closed. */
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

  /** From now on it may not. */
  void remove(VisitorConnection connection) {
    if (connection.row != null) {
      connection.row.take(connection);
    }
  }

  /** Whether there is one of such an owner. May be asked by any thread. */
  boolean has(Owner owner) {
    return row(owner).some;
  }

  /** Closes the longest idle one, soon: of the owner who goes first, and of none after this one. */
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

  /** Time goes on by {@link #TICK_MILLIS}. */
  void tick() {
    now++;
    closeThoseIdle(strangers);
    closeThoseIdle(inside);
    closeThoseIdle(proxies);
  }

  private void closeThoseIdle(Row row) {
    int ticks = draining ? Math.min(row.ticks, ticks(LEFT_WHILE_DRAINING)) : row.ticks;
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

  /** The gateway stops: idle connections are kept for a moment only. */
  void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }
}
