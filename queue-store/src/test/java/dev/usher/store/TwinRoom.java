package dev.usher.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What visitors and replicas of one room hold in a history of twins. */
final class TwinRoom {
  /** Numbers given in one epoch, and whose visitors came in. */
  record Numbers(BitSet given, BitSet in) {}

  final Queue queue;
  final TreeMap<Long, Numbers> epochs = new TreeMap<>();

  /** What each replica remembers. */
  final QueueMemory[] memories = new QueueMemory[Twins.REPLICAS.size()];

  /** Of each replica's questions for numbers, the last that was answered and that is over. */
  final long[] answered = new long[Twins.REPLICAS.size()];

  final long[] over = new long[Twins.REPLICAS.size()];

  /** As a line told last. */
  long called;

  /** Who stood by so far. */
  final List<Standby> standbys = new ArrayList<>();

  TwinRoom(Queue queue) {
    this.queue = queue;
    Arrays.fill(memories, QueueMemory.NOTHING);
  }

  Numbers numbers(long epoch) {
    return epochs.computeIfAbsent(epoch, e -> new Numbers(new BitSet(), new BitSet()));
  }

  /** An epoch: mostly the last one, seldom one before. */
  long epoch(SplittableRandom random) {
    List<Long> all = List.copyOf(epochs.keySet());
    boolean last = all.size() < 2 || random.nextInt(6) > 0;
    return last ? all.get(all.size() - 1) : all.get(random.nextInt(all.size()));
  }

  /** A place that somebody holds, or a little beyond. */
  Place place(SplittableRandom random) {
    long epoch = epoch(random);
    BitSet given = numbers(epoch).given();
    int near = (int) Math.min(called + 4, given.length() + 2);
    int wanted = random.nextInt(random.nextInt(4) > 0 ? Math.max(1, near) : given.length() + 2);
    int number = Math.max(given.nextSetBit(wanted), 0);
    return new Place(queue.room(), epoch, 0, number == 0 ? given.length() + 1L : number);
  }

  /** Of these numbers so many in a hundred; those next to each other stay so mostly. */
  static BitSet some(BitSet of, int share, SplittableRandom random) {
    BitSet some = new BitSet();
    boolean in = false;
    for (int n = of.nextSetBit(0); n >= 0; n = of.nextSetBit(n + 1)) {
      boolean other = n % 8 == 0 || random.nextInt(3) == 0;
      in = other ? random.nextInt(100) < share : in;
      some.set(n, in);
    }
    return some;
  }
}
