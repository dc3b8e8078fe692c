package dev.usher.room.line;

import dev.usher.store.Heard;
import dev.usher.store.Newcomers;
import dev.usher.store.NumberBlock;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import dev.usher.token.ArrivalTicket;
import dev.usher.token.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Takes numbers for visitors who arrive, many at a time, in the order of arrival. A visitor who can
 * be given none gets an arrival ticket at once.
 */
public final class Arrivals {
  /** Numbers taken in one call. */
  private static final int BLOCK_MAX = 10_000;

  private final Queue queue;
  private final QueueStore store;
  private final StandbyList standbyList;
  private final OwnPlaces own;
  private final Questions questions;
  private final LongSupplier waitingMax;
  private final Batcher<Long, Arrival> batcher;
  private int sequence;
  private volatile boolean away;

  /** What a newcomer is given. */
  public sealed interface Arrival {}

  /**
   * A number.
   *
   * @param admitted whether the visitor need not wait
   */
  public record Numbered(Ticket ticket, boolean admitted) implements Arrival {}

  /** No number yet. */
  public record Later(ArrivalTicket ticket) implements Arrival {}

  /** The line is as long as it may get, or the epoch has no more numbers. */
  public record None() implements Arrival {}

  /**
   * @param standbyList told of visitors who got no number
   * @param waitingMax longest line, as it is currently set
   */
  public Arrivals(Queue queue, QueueStore store, StandbyList standbyList, LongSupplier waitingMax) {
    this.queue = queue;
    this.store = store;
    this.standbyList = standbyList;
    this.own = new OwnPlaces(queue, standbyList.questions().replica());
    this.questions = standbyList.questions();
    this.waitingMax = waitingMax;
    this.batcher = new Batcher<>(BLOCK_MAX, this::arrive);
  }

  /** The place of a visitor whom this replica lets in without asking the store. */
  public Place ownPlace(long now) {
    return own.next(now);
  }

  /** Notes whether the store is away; while it is, nobody waits for it in vain. */
  public void away(boolean now) {
    away = now;
  }

  /**
   * Gives the next number, or an arrival ticket.
   *
   * @param time by the store's clock as far as it is known, in milliseconds since 1970
   */
  public CompletionStage<Arrival> arrive(long time) {
    return batcher.ask(Math.max(0, time));
  }

  /** Arrivals of one batch; one call at a time, as {@link Batcher} does. */
  private CompletionStage<List<Arrival>> arrive(List<Long> times) {
    Heard heard = questions.next(times.get(0));
    Newcomers newcomers =
        new Newcomers(times.get(0), sequence, times.size(), waitingMax.getAsLong(), heard);
    sequence = sequence > Integer.MAX_VALUE - 2 * BLOCK_MAX ? 0 : sequence + times.size();
    if (away) {
      return CompletableFuture.completedFuture(later(newcomers, true));
    }
    return store
        .arrive(queue, newcomers)
        .handle(
            (block, failure) -> {
              questions.ended(heard, failure == null);
              if (failure == null) {
                return block.equals(NumberBlock.HELD)
                    ? later(newcomers, false)
                    : given(newcomers, block);
              }
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              if (cause instanceof StoreUnavailableException) {
                return later(newcomers, true);
              }
              throw new CompletionException(cause);
            });
  }

  private List<Arrival> given(Newcomers newcomers, NumberBlock block) {
    List<Arrival> all = new ArrayList<>(newcomers.count());
    for (int i = 0; i < newcomers.count(); i++) {
      if (i < block.given()) {
        Place place = new Place(queue.room(), block.epoch(), block.lane(), block.first() + i);
        Ticket ticket = new Ticket(place, newcomers.time(), Long.MAX_VALUE);
        all.add(new Numbered(ticket, i < block.admitted()));
      } else {
        all.add(new None());
      }
    }
    return all;
  }

  private List<Arrival> later(Newcomers newcomers, boolean unknownToTheStore) {
    List<Arrival> all = new ArrayList<>(newcomers.count());
    for (int i = 0; i < newcomers.count(); i++) {
      ArrivalTicket ticket =
          new ArrivalTicket(
              queue.room(), newcomers.time(), newcomers.replica(), newcomers.sequence() + i);
      if (unknownToTheStore) {
        standbyList.remember(ticket);
      }
      all.add(new Later(ticket));
    }
    return all;
  }
}
