package dev.usher.room.line;

import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.MoveStore;
import dev.usher.store.upstream.Moves;
import dev.usher.token.Ticket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which places of a room are in another browser than they were, as this replica knows. It learns of
 * them with the line, and goes on to know of them when the store loses them.
 */
public final class MovedPlaces {
  /** Of the lines before this one, the last two: their tickets are exchanged for new ones. */
  private static final int EPOCHS_MAX = 3;

  private final Queue queue;
  private final QueueStore store;

  /** By epoch. Changed as a whole and seldom; what is in each, at any time. */
  private volatile Map<Long, OfEpoch> epochs = Map.of();

  /** What is known of one epoch: by number, the generation of the browser that has the place. */
  private static final class OfEpoch {
    final Map<Long, Integer> generations = new ConcurrentHashMap<>();

    /** How many moves the store has told of. */
    volatile long known;
  }

  public MovedPlaces(Queue queue, QueueStore store) {
    this.queue = queue;
    this.store = store;
  }

  /** Whether the place is in a later browser. On the path of every poll: no lock, no store. */
  public boolean isMoved(Ticket ticket) {
    return generation(ticket.place()) > ticket.generation();
  }

  /** Whether a browser has taken the place along by the link to this ticket, or by a later one. */
  public boolean isTaken(Ticket next) {
    return generation(next.place()) >= next.generation();
  }

  private int generation(Place place) {
    OfEpoch of = epochs.get(place.epoch());
    Integer generation = of == null ? null : of.generations.get(place.number());
    return generation == null ? 0 : generation;
  }

  /** Asks for all moves when there is a line again: it may count as many others as were known. */
  public void readAnew() {
    epochs.values().forEach(each -> each.known = 0);
  }

  /**
   * Asks for what is new, if the line tells that anything is. If the store does not tell, it is
   * asked again with the next line; the link to the store has said why in the log.
   */
  public CompletionStage<Void> read(Line line) {
    if (!line.settled()) {
      readAnew();
      return CompletableFuture.completedFuture(null);
    }
    OfEpoch of = epochs.get(line.epoch());
    long known = of == null ? 0 : of.known;
    if (line.counts().moves() == known) {
      return CompletableFuture.completedFuture(null);
    }
    Moves.Since since = new Moves.Since(queue.room(), line.epoch(), line.lane(), known);
    return store
        .moves(queue.upstream(), since)
        .thenAccept(told -> learn(line.epoch(), told))
        .exceptionally(MovedPlaces::goOn);
  }

  /** Whoever waits is not to suffer because nobody can be told who went on elsewhere. */
  private static @Nullable Void goOn(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StoreUnavailableException) {
      return null;
    }
    throw new CompletionException(cause);
  }

  private void learn(long epoch, Moves told) {
    OfEpoch of = of(epoch);
    told.generations().forEach((number, generation) -> note(of, number, generation));
    of.known = told.upTo();
  }

  private static void note(OfEpoch of, long number, int generation) {
    of.generations.merge(number, generation, Math::max);
  }

  private synchronized OfEpoch of(long epoch) {
    OfEpoch known = epochs.get(epoch);
    if (known != null) {
      return known;
    }
    OfEpoch fresh = new OfEpoch();
    TreeMap<Long, OfEpoch> all = new TreeMap<>(epochs);
    all.put(epoch, fresh);
    while (all.size() > EPOCHS_MAX) {
      all.pollFirstEntry();
    }
    epochs = Map.copyOf(all);
    return fresh;
  }

  /**
   * Takes the place along to another browser.
   *
   * @param next the ticket that its link is good for
   * @param by names that browser; "" for none
   */
  public CompletionStage<MoveStore.Outcome> move(Ticket next, String by) {
    if (isMoved(next)) {
      return CompletableFuture.completedFuture(MoveStore.Outcome.USED);
    }
    Place place = next.place();
    Move move =
        new Move(queue.room(), place.epoch(), place.lane(), place.number(), next.generation(), by);
    return store
        .move(queue.upstream(), move)
        .thenApply(
            outcome -> {
              if (outcome == MoveStore.Outcome.MOVED) {
                note(of(place.epoch()), place.number(), next.generation());
              }
              return outcome;
            });
  }
}
