package dev.usher.store.memory;

import dev.usher.store.Bits;
import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueMemory;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** One epoch of a room's queue inside the process: the same bitmaps as in Redis. */
final class RoomEpoch {
  /** A call, remembered until its offers run out. */
  private record Offer(long deadline, long upTo) {}

  final Queue queue;
  final long epoch;
  final BitSet joined = new BitSet();
  final BitSet claimed = new BitSet();
  final BitSet left = new BitSet();
  BitSet waiting = new BitSet();
  BitSet inside = new BitSet();

  /** Those who wait and were seen: while an outage lasts, fewer than wait. */
  private BitSet there = new BitSet();

  private final MassAbsence outage;
  long issued;
  long called;
  long offered;
  boolean paused;
  int turn;

  private final Map<Long, BitSet> waitingSeen = new HashMap<>();
  private final Map<Long, BitSet> insideSeen = new HashMap<>();
  private final Deque<Offer> offers = new ArrayDeque<>();

  /** Numbers that were called and told that no place is free, until when they count as asking. */
  private final Map<Long, Long> asking = new HashMap<>();

  RoomEpoch(Queue queue, long epoch) {
    this(queue, epoch, new MassAbsence());
  }

  private RoomEpoch(Queue queue, long epoch, MassAbsence outage) {
    this.queue = queue;
    this.epoch = epoch;
    this.outage = outage;
  }

  RoomEpoch(RoomEpoch other) {
    this(other.queue, other.epoch, new MassAbsence(other.outage));
    joined.or(other.joined);
    claimed.or(other.claimed);
    left.or(other.left);
    waiting = (BitSet) other.waiting.clone();
    there = (BitSet) other.there.clone();
    inside = (BitSet) other.inside.clone();
    issued = other.issued;
    called = other.called;
    offered = other.offered;
    paused = other.paused;
    turn = other.turn;
    other.waitingSeen.forEach((window, seen) -> waitingSeen.put(window, (BitSet) seen.clone()));
    other.insideSeen.forEach((window, seen) -> insideSeen.put(window, (BitSet) seen.clone()));
    offers.addAll(other.offers);
    asking.putAll(other.asking);
  }

  /** Notes who was seen here, and by their signed tickets and passes what was theirs before. */
  void see(long now, PresenceReport seen) {
    BitSet here = seen.waiting().toBitSet();
    BitSet in = seen.inside().toBitSet();
    joined.or(here);
    joined.or(in);
    claimed.or(in);
    issued = Math.max(issued, Math.max(here.length(), in.length()) - 1L);
    called = Math.max(called, in.length() - 1L);
    seenWaiting(now, here);
    seenInside(now, in);
  }

  /** These numbers are nobody's. */
  void takeBack(int from, int to) {
    left.set(from, to);
    waiting.clear(from, to);
    there.clear(from, to);
    inside.clear(from, to);
  }

  /** Brings back what a replica remembers. Takes nothing away. */
  void restore(QueueMemory remembered, long now) {
    Line line = remembered.line();
    for (Bits bits : remembered.bits()) {
      joined.or(bits.toBitSet());
    }
    claimed.or(remembered.claimed().toBitSet());
    claimed.or(remembered.inside().toBitSet());
    left.or(line.left().toBitSet());
    seenWaiting(now, line.waiting().toBitSet());
    seenInside(now, remembered.inside().toBitSet());
    if (line.called() > called && line.called() > line.offered()) {
      offers.addLast(new Offer(now + queue.offer().toMillis(), line.called()));
    }
    called = Math.max(called, line.called());
    offered = Math.max(offered, line.offered());
  }

  void seenWaiting(long now, BitSet numbers) {
    window(waitingSeen, now / queue.presenceWindow().toMillis()).or(numbers);
  }

  /** Nobody could be seen until now: who waited counts as seen. */
  void unseen(long now) {
    seenWaiting(now, waiting);
    outage.blind();
  }

  void seenInside(long now, BitSet numbers) {
    window(insideSeen, now / queue.sessionWindow().toMillis()).or(numbers);
  }

  void seenWaiting(long now, int from, int to) {
    window(waitingSeen, now / queue.presenceWindow().toMillis()).set(from, to);
  }

  void seenInside(long now, int from, int to) {
    window(insideSeen, now / queue.sessionWindow().toMillis()).set(from, to);
  }

  private static BitSet window(Map<Long, BitSet> windows, long window) {
    return windows.computeIfAbsent(window, w -> new BitSet());
  }

  /** Works out who waits and who is inside, and lets offers run out. */
  void merge(long now) {
    long window = now / queue.presenceWindow().toMillis();
    outage.look(this, stillWaiting(waiting), window, now);
    BitSet seen = seen(waitingSeen, window, Queue.PRESENCE_WINDOWS);
    there = stillWaiting(seen);
    waiting = (BitSet) there.clone();
    if (outage.lasts()) {
      seen.or(outage.kept());
      waiting = stillWaiting(seen);
      BitSet lately = (BitSet) seenIn(window).clone();
      lately.or(seenIn(window - 1));
      there = stillWaiting(lately);
    }
    BitSet before = inside;
    inside = seen(insideSeen, now / queue.sessionWindow().toMillis(), Queue.SESSION_WINDOWS);
    if (outage.hidesSessions()) {
      inside.or(before);
    }
    inside.and(claimed);
    inside.andNot(left);
    while (!offers.isEmpty() && offers.getFirst().deadline() <= now) {
      offered = Math.max(offered, offers.removeFirst().upTo());
    }
    asking.values().removeIf(until -> until <= now);
  }

  /** Who of those who wait was seen in this window. */
  BitSet seenIn(long window) {
    return waitingSeen.getOrDefault(window, new BitSet());
  }

  private BitSet stillWaiting(BitSet numbers) {
    BitSet still = (BitSet) numbers.clone();
    still.and(joined);
    still.andNot(claimed);
    still.andNot(left);
    return still;
  }

  void waitsNoMore(int number) {
    waiting.clear(number);
    there.clear(number);
  }

  /** Numbers from the chunk of the lowest that is in use to the last one given. */
  long span() {
    long lowest = Math.min(called, Math.min(first(inside, 0), first(waiting, offered + 1)));
    return issued - (long) Bits.chunkOf(lowest) * Bits.CHUNK;
  }

  private static long first(BitSet numbers, long from) {
    int first = numbers.nextSetBit((int) from);
    return first < 0 ? Long.MAX_VALUE : first;
  }

  /** How many numbers may be given now. */
  long numbersLeft() {
    return Math.max(0, Math.min(Place.NUMBER_MAX - issued, Queue.SPAN_MAX - span()));
  }

  /** Whether the next epoch may begin: it is time, and nobody who is there has a number to lose. */
  boolean mayRoll() {
    return issued >= Queue.ROLL_AFTER && inLine() == 0 && offers() == 0 && askingCount() == 0;
  }

  /** Whether nobody was in session so lately that a pass may still be valid. */
  boolean isOver() {
    return insideSeen.values().stream().allMatch(BitSet::isEmpty);
  }

  private static BitSet seen(Map<Long, BitSet> windows, long current, int count) {
    windows.keySet().removeIf(window -> window <= current - count);
    BitSet all = new BitSet();
    windows.values().forEach(all::or);
    return all;
  }

  /** Those who wait beyond the called ones. */
  long inLine() {
    return count(waiting, called, issued);
  }

  /** Those of them who can be called now. */
  long callable() {
    return count(there, called, issued);
  }

  /** Places offered to visitors called lately. */
  long offers() {
    return count(there, offered, called)
        - asking.keySet().stream()
            .filter(number -> number > offered && there.get(number.intValue()))
            .count();
  }

  /** Whether those who wait do not get through. */
  Line.CutOff cutOff() {
    return outage.told();
  }

  /** Those who were told that no place is free, and ask. */
  int askingCount() {
    return asking.size();
  }

  private static long count(BitSet of, long after, long upTo) {
    return after >= upTo ? 0 : of.get((int) after + 1, (int) upTo + 1).cardinality();
  }

  /** Calls the next visitors who are there, and everyone else up to the last of them. */
  void call(long places, long now) {
    long upTo = called;
    if (places >= callable() && !outage.lasts()) {
      upTo = issued;
    } else {
      for (long n = 0; n < places; n++) {
        upTo = there.nextSetBit((int) upTo + 1);
      }
    }
    // Also when only absent ones were passed: a place is kept free for who comes back, so long.
    if (upTo > called) {
      offers.addLast(new Offer(now + queue.offer().toMillis(), upTo));
    }
    called = upTo;
  }

  /** Whether this number's place is one of the offers. */
  boolean isOffered(long number) {
    return number > offered && there.get((int) number) && !asks(number);
  }

  boolean asks(long number) {
    return asking.containsKey(number);
  }

  void ask(long number, long now) {
    asking.put(number, now + queue.offer().toMillis());
  }

  void askNoMore(long number) {
    asking.remove(number);
  }
}
