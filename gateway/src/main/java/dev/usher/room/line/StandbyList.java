package dev.usher.room.line;

import dev.usher.store.Enlisted;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.Standby;
import dev.usher.token.ArrivalTicket;
import dev.usher.token.InLine;
import dev.usher.token.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Visitors who stand by for a number: those who came while the store was away, of whom it still has
 * to be told, and those who ask whether they have been given one.
 */
public final class StandbyList {
  private static final int BLOCK_MAX = 2000;

  /**
   * Limit on the visitors kept. The store is told of one beyond it when that visitor asks next, and
   * places them by their time of arrival.
   */
  private static final int UNTOLD_MAX = 100_000;

  /** Time in which every replica that was cut off tells of its own visitors. */
  private static final Duration GATHER = Duration.ofSeconds(2);

  private final Queue queue;
  private final QueueStore store;
  private final Questions questions;
  private final Batcher<InLine, Found> batcher;
  private final Map<Standby, Boolean> untold = new ConcurrentHashMap<>();

  /**
   * What became of a visitor who stands by.
   *
   * @param place the place given; null for none yet
   */
  public record Found(@Nullable Place place) {}

  /**
   * @param questions this replica's questions for numbers; a visitor whose question got no answer
   *     stands by
   */
  public StandbyList(Queue queue, QueueStore store, Questions questions) {
    this.queue = queue;
    this.store = store;
    this.questions = questions;
    this.batcher = new Batcher<>(BLOCK_MAX, this::find);
  }

  /** This replica's questions for numbers; the store is told how far they were answered. */
  Questions questions() {
    return questions;
  }

  /** Remembers a visitor of whom the store does not know, as far as is known here. */
  public void remember(ArrivalTicket ticket) {
    if (untold.size() < UNTOLD_MAX) {
      untold.put(ticket.standby(), Boolean.TRUE);
    }
  }

  /** Forgets a visitor who would not wait. */
  public void forget(ArrivalTicket ticket) {
    untold.remove(ticket.standby());
  }

  /** Number of visitors of whom the store does not know. */
  public int untold() {
    return untold.size();
  }

  /** Tells the store of every visitor it does not know of. */
  public CompletionStage<Void> tell() {
    List<CompletableFuture<?>> told = new ArrayList<>();
    List<Standby> all = List.copyOf(untold.keySet());
    for (int from = 0; from < all.size(); from += BLOCK_MAX) {
      Collection<Standby> block = all.subList(from, Math.min(all.size(), from + BLOCK_MAX));
      told.add(
          store
              .enlist(queue, List.copyOf(block), GATHER, questions.heard())
              .thenRun(() -> block.forEach(untold::remove))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
  }

  /** Lets a visitor stand by, and asks whether a number was given. */
  public CompletionStage<Found> find(InLine inLine) {
    return batcher.ask(inLine);
  }

  private CompletionStage<List<Found>> find(List<InLine> all) {
    return store
        .enlist(
            queue,
            all.stream().map(StandbyList::standby).toList(),
            Duration.ZERO,
            questions.heard())
        .thenApply(told -> told.numbers().stream().map(n -> found(told, n)).toList());
  }

  private Found found(Enlisted told, long number) {
    return new Found(
        number == 0 ? null : new Place(queue.room(), told.epoch(), told.lane(), number));
  }

  private static Standby standby(InLine inLine) {
    if (inLine instanceof ArrivalTicket arrival) {
      return arrival.standby();
    }
    return Standby.holding(((Ticket) inLine).place());
  }
}
