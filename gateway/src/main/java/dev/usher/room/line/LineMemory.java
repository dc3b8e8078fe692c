package dev.usher.room.line;

import dev.usher.store.Line;
import dev.usher.store.MembershipCopy;
import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueMemory;
import dev.usher.store.QueueStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What this replica remembers of a room's queue, and how it gives that back to a store that lost
 * it: the last line, who was inside and claimed as of the last copy, and what the store was told
 * since.
 */
public final class LineMemory {
  /** Limit on the reports kept: two a second, for as long as no copy can be had. */
  private static final int TOLD_MAX = 64;

  private static final int LEFT_MAX = 10_000;

  private final Queue queue;
  private final QueueStore store;
  private final MovedPlaces moved;
  private final Leaves leaves;
  private final Deque<PresenceReport> told = new ArrayDeque<>();
  private final Deque<Place> left = new ArrayDeque<>();
  private Line line = Line.UNKNOWN;
  private volatile boolean read;

  /** That of the line as it was read last. */
  private volatile long epoch;

  private MembershipCopy copy = MembershipCopy.NONE;

  /** The end of the last settling time for which everything has been given back. */
  private long givenBackFor = -1;

  /**
   * @param presence tells the store who was seen here
   */
  public LineMemory(Queue queue, QueueStore store, Supplier<CompletionStage<Void>> presence) {
    this.queue = queue;
    this.store = store;
    this.moved = new MovedPlaces(queue, store);
    this.leaves = new Leaves(queue, store, () -> epoch, presence);
  }

  /** Notes what the store was told, as it may not be in the copy yet. */
  synchronized void told(PresenceReport seen) {
    told.addLast(seen);
    if (told.size() > TOLD_MAX) {
      told.removeFirst();
    }
  }

  /** Gives up a place or a session. Tells whether that did anything. */
  public CompletionStage<Boolean> leave(Place place) {
    synchronized (this) {
      left.addLast(place);
      if (left.size() > LEFT_MAX) {
        left.removeFirst();
      }
    }
    return leaves.leave(place);
  }

  /** Whether a place was given up here, and no line has shown it yet. */
  public boolean isLeaving(Place place) {
    return leaves.has(place);
  }

  /** Takes a copy of what the line does not show. */
  public CompletionStage<Void> copy() {
    int seenBefore;
    int leftBefore;
    synchronized (this) {
      seenBefore = told.size();
      leftBefore = left.size();
    }
    return store.copy(queue).thenAccept(fresh -> copied(fresh, seenBefore, leftBefore));
  }

  private synchronized void copied(MembershipCopy fresh, int seenBefore, int leftBefore) {
    if (fresh.epoch() == line.epoch()) {
      copy = fresh;
      for (int i = 0; i < seenBefore && !told.isEmpty(); i++) {
        told.removeFirst();
      }
      for (int i = 0; i < leftBefore && !left.isEmpty(); i++) {
        left.removeFirst();
      }
    }
  }

  /**
   * Looks at a line just read, and gives the store back what it has lost.
   *
   * @return whether the store has everything
   */
  public CompletionStage<Boolean> read(Line fresh) {
    return moved
        .read(fresh)
        .thenCompose(v -> giveBack(fresh))
        .thenCompose(settled -> leaves.read(settled).thenApply(v -> settled));
  }

  private CompletionStage<Boolean> giveBack(Line fresh) {
    QueueMemory memory;
    List<PresenceReport> seen;
    List<Place> gone;
    synchronized (this) {
      if (!lacks(fresh)) {
        read |= fresh.settled();
        epoch = fresh.epoch();
        // A line that does not show who waits cannot be given back.
        line = fresh.whole() ? fresh : line;
        return CompletableFuture.completedFuture(fresh.settled());
      }
      givenBackFor = fresh.recovery().settlesAt();
      boolean same = copy.epoch() == line.epoch();
      memory = same ? new QueueMemory(line, copy.claimed(), copy.inside()) : QueueMemory.of(line);
      seen = new ArrayList<>(told);
      gone = new ArrayList<>(left);
    }
    return store
        .restore(queue, memory)
        .thenCompose(done -> all(seen.stream().map(each -> store.see(queue, each))))
        .thenCompose(done -> all(gone.stream().map(each -> store.leave(queue, each))))
        .thenApply(done -> false);
  }

  /** The places that are in another browser than they were. */
  public MovedPlaces moved() {
    return moved;
  }

  /** Whether any line has been read that had everything that may have been lost. */
  public boolean hasRead() {
    return read;
  }

  private static CompletionStage<Void> all(Stream<? extends CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
  }

  private boolean lacks(Line fresh) {
    if (fresh.epoch() == 0) {
      return true;
    }
    if (!fresh.settled()) {
      return line.epoch() > 0 && fresh.recovery().settlesAt() != givenBackFor;
    }
    // An epoch is only ever followed by a later one, and its counters only rise.
    return fresh.epoch() < line.epoch()
        || (fresh.epoch() == line.epoch()
            && (fresh.issued() < line.issued() || fresh.called() < line.called()));
  }
}
