package dev.usher.sim.usher;

import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.time.Journal;
import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.Claim;
import dev.usher.store.InterceptedQueueStore;
import dev.usher.store.Newcomers;
import dev.usher.store.NumberBlock;
import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.RoomWeight;
import dev.usher.store.StoreOperation;
import dev.usher.store.upstream.Lease;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store under watch: it throws when a promise about claims is broken. Shared by all replicas. */
final class WatchedStore extends InterceptedQueueStore {
  private final Auditor auditor;
  private final boolean telling;

  /** What all replicas together have done to the store. */
  static final class Watch implements Auditor {
    private final Journal journal;
    private final Set<Place> inside = new HashSet<>();
    private long capacity;
    private long sessions;

    Watch(Journal journal) {
      this.journal = journal;
    }

    @Override
    public void called(long bears, long counted) {
      capacity = bears;
      sessions = counted;
    }

    @Override
    public void admitted(Place place) {
      if (!inside.add(place)) {
        return;
      }
      sessions++;
      journal.note("admitted", place.number(), sessions);
      if (sessions > capacity) {
        throw journal.broken(
            "sessions never exceed capacity at a claim, but were " + sessions + " of " + capacity);
      }
    }

    @Override
    public void left(Place place) {
      if (inside.contains(place)) {
        sessions--;
      }
    }

    @Override
    public void unknown(Place place) {
      throw journal.broken("nobody is lost in the store, but this one is: " + place);
    }

    /** Does nothing: pods keep working on requests that visitors have abandoned, beyond any cap. */
    @Override
    public void sent(PlantPod pod, int unheard) {}

    /** Corrects the count, as a test may need to. */
    void sessions(long counted) {
      sessions = counted;
    }

    /** Sessions that the store counts. */
    long sessions() {
      return sessions;
    }
  }

  WatchedStore(QueueStore store, Auditor auditor, boolean telling) {
    super(store);
    this.auditor = auditor;
    this.telling = telling;
  }

  @Override
  protected <T> CompletionStage<T> intercept(
      StoreOperation operation, Supplier<CompletionStage<T>> call) {
    return call.get();
  }

  @Override
  public CompletionStage<NumberBlock> arrive(Queue queue, Newcomers newcomers) {
    return store
        .arrive(queue, newcomers)
        .thenApply(
            block -> {
              for (int i = 0; i < block.admitted(); i++) {
                auditor.admitted(
                    new Place(queue.room(), block.epoch(), block.lane(), block.first() + i));
              }
              return block;
            });
  }

  @Override
  public CompletionStage<Void> see(Queue queue, PresenceReport seen) {
    return telling ? store.see(queue, seen) : CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<RoomWeight> rooms) {
    return store
        .call(lease, budget, rooms)
        .thenApply(
            calling -> {
              if (calling.done()) {
                auditor.called(budget.capacity(), calling.sessions());
              }
              return calling;
            });
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    return store
        .claim(queue, place)
        .thenApply(
            claim -> {
              if (claim == Claim.ADMITTED) {
                auditor.admitted(place);
              } else if (claim == Claim.UNKNOWN) {
                auditor.unknown(place);
              }
              return claim;
            });
  }

  @Override
  public CompletionStage<Boolean> leave(Queue queue, Place place) {
    auditor.left(place);
    return store.leave(queue, place);
  }
}
