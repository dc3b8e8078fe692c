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
 * Visitors who stand by for a number: those who came while the store was away, whom it must be told
 * of, and those who ask whether theirs has been given.
 */
public final class StandbyList {
  private static final int BLOCK_MAX = 2000;

  /**
   * Whoever comes beyond these is told to the store when they ask next, and gets in line by time.
   */
  private static final int UNTOLD_MAX = 100_000;

  /** By then every replica that was cut off has told of its own. */
  private static final Duration GATHER = Duration.ofSeconds(2);

  private final Queue queue;
  private final QueueStore store;
  private final Questions questions;
  private final Batcher<InLine, Found> batcher;
  private final Map<Standby, Boolean> untold = new ConcurrentHashMap<>();

  /**
   * What became of one who stands by.
   *
   * @param place the place given; null for none yet
   */
  public record Found(@Nullable Place place) {}

  /**
   * @param questions of this replica for numbers; whoever got no answer stands by
   */
  public StandbyList(Queue queue, QueueStore store, Questions questions) {
    this.queue = queue;
    this.store = store;
    this.questions = questions;
    this.batcher = new Batcher<>(BLOCK_MAX, this::find);
  }

  /** This replica's questions for numbers, of which the store is told how far they were heard. */
  Questions questions() {
    return questions;
  }

  /** Somebody came of whom the store does not know. */
  void remember(ArrivalTicket ticket) {
    if (untold.size() < UNTOLD_MAX) {
      untold.put(ticket.standby(), Boolean.TRUE);
    }
  }

  /** One who was remembered would not wait. */
  public void forget(ArrivalTicket ticket) {
    untold.remove(ticket.standby());
  }

  /** How many the store does not know of. */
  public int untold() {
    return untold.size();
  }

  /** Tells the store of all it does not know of. */
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
