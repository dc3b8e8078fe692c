package dev.usher.store.memory;

import dev.usher.store.Bits;
import dev.usher.store.Line;
import dev.usher.store.Newcomers;
import dev.usher.store.Queue;
import dev.usher.store.Standby;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What one room has lost and got back, and who stands by for a number. */
final class Recovery {
  /** When it began; later where those who could come back could not for a while. */
  private long founded;

  long validFrom;
  long settlesAt;
  long admitsAt;

  /** Whether nobody has worked out yet, since all was brought back, who is inside. */
  private boolean unmerged;

  /** Whether a replica brought back what it remembers. */
  boolean restored;

  /** When any replica last asked for the line. Each does so five times a second. */
  private long askedAt;

  /** Whether another server goes on with what is here, and has not noticed yet. */
  private boolean takenOver;

  /** When what was restored last had been seen. */
  long rememberedAt;

  private boolean gathering;
  private long collectsUntil;
  private final TreeSet<String> standbys = new TreeSet<>();
  final Blocks blocks;

  Recovery(long now, Duration settle) {
    this.founded = now;
    this.askedAt = now;
    this.blocks = new Blocks();
    settle(now, settle);
  }

  Recovery(Recovery other) {
    this.founded = other.founded;
    this.askedAt = other.askedAt;
    this.takenOver = other.takenOver;
    this.validFrom = other.validFrom;
    this.settlesAt = other.settlesAt;
    this.admitsAt = other.admitsAt;
    this.unmerged = other.unmerged;
    this.restored = other.restored;
    this.rememberedAt = other.rememberedAt;
    this.gathering = other.gathering;
    this.collectsUntil = other.collectsUntil;
    this.standbys.addAll(other.standbys);
    this.blocks = new Blocks(other.blocks);
  }

  void settle(long now, Duration settle) {
    settlesAt = now + settle.toMillis();
    admitsAt = Math.max(admitsAt, settlesAt);
    unmerged = !settle.isZero();
  }

  /** It was worked out who waits and who is inside. */
  void merged(long now) {
    unmerged &= settlesAt > now;
  }

  /** Whether it is not known who is inside: it settles, or nobody has counted since. */
  boolean isUncounted(long now) {
    return settlesAt > now || unmerged;
  }

  void takenOver() {
    takenOver = true;
  }

  /** Whether not all that was lost is here again. */
  boolean lacks(long now) {
    return settlesAt > now || takenOver;
  }

  /**
   * Lets the queue settle if nobody asked for long, or another server goes on with what is here,
   * which may lack the last writes.
   */
  void notice(RoomEpoch room, long now, Duration settle) {
    boolean outage = !settle.isZero() && now - askedAt > Queue.UNASKED_MAX.toMillis();
    boolean another = !settle.isZero() && takenOver;
    if (outage) {
      long window = room.queue.presenceWindow().toMillis();
      if (!restored && askedAt < founded + window) {
        founded = now;
        collectsUntil = gathering ? now + window : collectsUntil;
      }
    }
    if (outage || another) {
      askedAt = now;
      takenOver = false;
      settle(now, settle);
      room.issued += another ? Bits.CHUNK : 0;
      room.unseen = true;
    }
  }

  void asked(long now) {
    askedAt = now;
  }

  Line.Recovery told() {
    return new Line.Recovery(validFrom, settlesAt, admitsAt, !standbys.isEmpty(), !unmerged);
  }

  /** Whether nobody is given a number now. */
  boolean holds(long now) {
    return settlesAt > now || !standbys.isEmpty();
  }

  void standBy(Newcomers newcomers) {
    for (int i = 0; i < newcomers.count(); i++) {
      standbys.add(newcomers.standby(i).rank());
    }
  }

  /** Sessions that nobody remembers go on, no longer than their passes. */
  void admitLater(Queue queue) {
    if (!restored) {
      long passes = (Queue.SESSION_WINDOWS - 1) * queue.sessionWindow().toMillis();
      admitsAt = Math.max(admitsAt, founded + passes);
    }
  }

  /**
   * Whether the line was lost by all and its visitors are coming back: until a window of presence
   * is over nobody gets a number. True once.
   */
  boolean gathers(Queue queue, List<Standby> them, long now) {
    long until = founded + queue.presenceWindow().toMillis();
    if (restored || gathering || now >= until || them.stream().noneMatch(Standby::holdsPlace)) {
      return false;
    }
    gathering = true;
    collectsUntil = until;
    admitLater(queue);
    return true;
  }

  /** The numbers given, 0 after noting that the visitor stands by. */
  List<Long> enlist(List<Standby> them, Map<String, Long> given, long until) {
    if (standbys.isEmpty() && them.stream().anyMatch(each -> !given.containsKey(each.rank()))) {
      collectsUntil = Math.max(collectsUntil, until);
    }
    them.stream()
        .map(Standby::rank)
        .filter(rank -> !given.containsKey(rank))
        .forEach(standbys::add);
    return them.stream().map(each -> given.getOrDefault(each.rank(), 0L)).toList();
  }

  /** Gives numbers to all who stand by, if it is time. Returns how many. */
  int number(RoomEpoch room, long now) {
    if (settlesAt > now || collectsUntil > now) {
      return 0;
    }
    int first = (int) room.issued + 1;
    while (!standbys.isEmpty() && room.numbersLeft() > 0) {
      room.issued++;
      room.enlisted.put(standbys.pollFirst(), room.issued);
    }
    int end = (int) room.issued + 1;
    room.join(first, end, now);
    room.counts.waiting += end - first;
    return end - first;
  }

  /** A reset: the line is gone, and so are tickets of epochs before this one. */
  void forget(long epoch) {
    validFrom = epoch;
    standbys.clear();
  }
}
