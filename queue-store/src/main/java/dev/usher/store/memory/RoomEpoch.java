package dev.usher.store.memory;

import dev.usher.store.Bits;
import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueMemory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One epoch of a room's queue inside the process: the same bitmaps as in Redis. */
final class RoomEpoch {
  final Queue queue;
  final long epoch;
  final BitSet joined = new BitSet();
  final BitSet claimed = new BitSet();
  final BitSet left = new BitSet();
  BitSet waiting = new BitSet();
  BitSet inside = new BitSet();

  /** Those who wait and were seen: while an outage lasts, fewer than wait. */
  BitSet there = new BitSet();

  final Span span;
  final StandingOffers offers;
  private final MassAbsence outage;
  private final Windows waitingSeen;
  private final Windows insideSeen;
  long issued;
  long called;
  long offered;
  final RoomLimit limit = new RoomLimit();
  boolean paused;
  int turn;
  final Tally counts = new Tally();

  /** Whether nobody could be seen since the last merge: who waits counts as seen then. */
  boolean unseen;

  /** Blocks that nobody heard of, which are taken back at the next merge. */
  final List<Blocks.Block> unheard = new ArrayList<>();

  /** The numbers given to those who stood by. */
  final Map<String, Long> enlisted = new HashMap<>();

  RoomEpoch(Queue queue, long epoch) {
    this.queue = queue;
    this.epoch = epoch;
    this.span = new Span();
    this.offers = new StandingOffers();
    this.outage = new MassAbsence();
    this.waitingSeen = new Windows(queue.presenceWindow().toMillis(), Queue.PRESENCE_WINDOWS);
    this.insideSeen = new Windows(queue.sessionWindow().toMillis(), Queue.SESSION_WINDOWS);
  }

  RoomEpoch(RoomEpoch other) {
    queue = other.queue;
    epoch = other.epoch;
    span = new Span(other.span);
    offers = new StandingOffers(other.offers);
    outage = new MassAbsence(other.outage);
    waitingSeen = new Windows(other.waitingSeen);
    insideSeen = new Windows(other.insideSeen);
    joined.or(other.joined);
    claimed.or(other.claimed);
    left.or(other.left);
    waiting = (BitSet) other.waiting.clone();
    there = (BitSet) other.there.clone();
    inside = (BitSet) other.inside.clone();
    issued = other.issued;
    called = other.called;
    offered = other.offered;
    limit.become(other.limit);
    paused = other.paused;
    turn = other.turn;
    counts.set(other.counts);
    unseen = other.unseen;
    unheard.addAll(other.unheard);
    enlisted.putAll(other.enlisted);
  }

  /** Notes who was seen here, and by their signed tickets and passes what was theirs before. */
  void see(long now, PresenceReport seen) {
    BitSet here = seen.waiting().toBitSet();
    BitSet in = seen.inside().toBitSet();
    joined.or(here);
    issued = Math.max(issued, Math.max(here.length(), in.length()) - 1L);
    called = Math.max(called, in.length() - 1L);
    waitingSeen.see(now, here);
    if (!in.isEmpty()) {
      span.include(seen.inside().firstChunk());
    }
    seeInside(now, in);
  }

  /** Notes who is in session, whether or not that was known. */
  void seeInside(long now, BitSet in) {
    joined.or(in);
    claimed.or(in);
    insideSeen.see(now, in);
  }

  /** Brings back what a replica remembers. Takes nothing away. */
  void restore(QueueMemory remembered, long now) {
    Line line = remembered.line();
    int lowest = Bits.chunkOf(line.called());
    for (Bits bits : remembered.bits()) {
      joined.or(bits.toBitSet());
      lowest = bits.chunkCount() == 0 ? lowest : Math.min(lowest, bits.firstChunk());
    }
    span.learn(lowest);
    claimed.or(remembered.claimed().toBitSet());
    claimed.or(remembered.inside().toBitSet());
    left.or(line.left().toBitSet());
    waitingSeen.see(now, line.waiting().toBitSet());
    insideSeen.see(now, remembered.inside().toBitSet());
    if (line.called() > called && line.called() > Math.max(offered, line.offered())) {
      offers.add(line.called(), now + queue.offer().toMillis());
    }
    called = Math.max(called, line.called());
    offered = Math.max(offered, line.offered());
  }

  /** These came and wait. */
  void join(int from, int to, long now) {
    joined.set(from, to);
    waiting.set(from, to);
    waitingSeen.see(now, from, to);
  }

  /** These are in session from now on. */
  void enter(int from, int to, long now) {
    joined.set(from, to);
    claimed.set(from, to);
    inside.set(from, to);
    seenInside(from, to, now);
  }

  void seenInside(int from, int to, long now) {
    insideSeen.see(now, from, to);
  }

  /**
   * Works out who waits and who is inside, and lets offers run out.
   *
   * @return numbers that ask no more
   */
  List<Long> merge(boolean current, long now) {
    offered = offers.over(offered, now);
    List<Long> gone = offers.gone(now);
    if (current) {
      outage.look(this, waiting, unseen, now);
    }
    for (Blocks.Block block : unheard) {
      BitSet numbers = new BitSet();
      numbers.set(block.first(), block.end());
      left.or(inSpan(numbers));
    }
    unheard.clear();
    BitSet used = insideSeen.lately(now);
    if (current && outage.hidesSessions()) {
      used.or(inside);
    }
    inside = inSpan(used);
    inside.and(claimed);
    inside.andNot(left);
    counts.inside = inside.cardinality();
    if (current) {
      mergeWaiting(now);
      advance(used);
    }
    unseen = false;
    return gone;
  }

  private void mergeWaiting(long now) {
    if (unseen) {
      waitingSeen.see(now, waiting);
    }
    BitSet seen = inSpan(waitingSeen.lately(now));
    waiting = stillWaiting(seen);
    there = (BitSet) waiting.clone();
    if (outage.lasts()) {
      seen.or(inSpan(outage.kept()));
      waiting = stillWaiting(seen);
      BitSet lately = (BitSet) seenIn(waitingSeen.at(now)).clone();
      lately.or(seenIn(waitingSeen.at(now) - 1));
      there = inSpan(stillWaiting(lately));
    }
    counts.waiting = NumberSets.count(waiting, called, Long.MAX_VALUE);
    counts.asking = offers.asking();
    counts.offers = NumberSets.count(there, offered, called) - offers.askingAmong(there, offered);
  }

  /** Looks no more at chunks in which nobody is left, nor anybody's pass may still be valid. */
  private void advance(BitSet used) {
    span.advance(
        Bits.chunkOf(called),
        chunk ->
            !NumberSets.in(used, chunk).isEmpty()
                || (chunk >= Bits.chunkOf(offered) && !NumberSets.in(waiting, chunk).isEmpty()));
    int lowest = span.low() * Bits.CHUNK;
    waiting.clear(0, lowest);
    there.clear(0, lowest);
    outage.forgetBelow(lowest);
  }

  /** Those of these numbers that lie in chunks which are looked at. */
  BitSet inSpan(BitSet numbers) {
    return span.within(numbers, Bits.chunkOf(issued));
  }

  /** Who of those who wait was seen in this window. */
  BitSet seenIn(long window) {
    return waitingSeen.in(window);
  }

  long presenceWindow(long now) {
    return waitingSeen.at(now);
  }

  BitSet stillWaiting(BitSet numbers) {
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
  long inUse() {
    return issued - (long) span.low() * Bits.CHUNK;
  }

  /** How many numbers may be given now. */
  long numbersLeft() {
    return Math.max(0, Math.min(Place.NUMBER_MAX - issued, Queue.SPAN_MAX - inUse()));
  }

  /** Whether the next epoch may begin: it is time, and nobody who is there has a number to lose. */
  boolean mayRoll() {
    return issued >= Queue.ROLL_AFTER && counts.waiting + counts.offers + counts.asking == 0;
  }

  /** The last session is over: only who did what is remembered. */
  void end() {
    issued = 0;
    called = 0;
    offered = 0;
    span.forget();
    counts.set(new Tally());
    outage.forget();
  }

  /** Whether nobody was in session so lately that a pass may still be valid. */
  boolean isOver(long now) {
    return insideSeen.lately(now).isEmpty();
  }

  /** Those beyond the called ones who can be called now. */
  long callable() {
    return NumberSets.count(there, called, Long.MAX_VALUE);
  }

  /** Whether those who wait do not get through. */
  Line.CutOff cutOff() {
    return outage.told();
  }

  /**
   * Calls the next visitors who are there, and everyone else up to the last of them.
   *
   * @return how many waited up to there
   */
  long call(long places, long now) {
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
      offers.add(upTo, now + queue.offer().toMillis());
    }
    long passed = NumberSets.count(waiting, called, upTo);
    counts.waiting -= passed;
    counts.offers += places;
    called = upTo;
    return passed;
  }

  /** Whether this number's place is one of the offers. */
  boolean isOffered(long number) {
    return number > offered && there.get((int) number) && !offers.asks(number);
  }
}
