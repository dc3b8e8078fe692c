package dev.usher.sim.usher;

import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.time.Journal;
import dev.usher.store.Block;
import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.Claim;
import dev.usher.store.Copy;
import dev.usher.store.Enlisted;
import dev.usher.store.Grants;
import dev.usher.store.Heard;
import dev.usher.store.Lease;
import dev.usher.store.Line;
import dev.usher.store.Newcomers;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.Remembered;
import dev.usher.store.Seen;
import dev.usher.store.Share;
import dev.usher.store.Sharing;
import dev.usher.store.SlotReport;
import dev.usher.store.Standby;
import dev.usher.store.Stay;
import dev.usher.store.WorkReport;
import dev.usher.store.Works;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store under watch: it throws when a promise about claims is broken. Shared by all replicas. */
final class WatchedStore implements QueueStore {
  private final QueueStore store;
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

    /** Nothing to say: pods go on with what visitors have given up, beyond any cap. */
    @Override
    public void sent(PlantPod pod, int unheard) {}

    /** Corrects the count, as a test may have to. */
    void sessions(long counted) {
      sessions = counted;
    }

    /** Sessions that the store counts. */
    long sessions() {
      return sessions;
    }
  }

  WatchedStore(QueueStore store, Auditor auditor, boolean telling) {
    this.store = store;
    this.auditor = auditor;
    this.telling = telling;
  }

  @Override
  public CompletionStage<Block> arrive(Queue queue, Newcomers newcomers) {
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
  public CompletionStage<Void> see(Queue queue, Seen seen) {
    return telling ? store.see(queue, seen) : CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    return store.line(queue);
  }

  @Override
  public CompletionStage<Copy> copy(Queue queue) {
    return store.copy(queue);
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, Remembered remembered) {
    return store.restore(queue, remembered);
  }

  @Override
  public CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    return store.enlist(queue, standbys, gather, heard);
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<Share> rooms) {
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
  public CompletionStage<Stay> stay(Queue queue, Place place) {
    return store.stay(queue, place);
  }

  @Override
  public CompletionStage<Void> leave(Queue queue, Place place) {
    auditor.left(place);
    return store.leave(queue, place);
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    return store.pause(queue, paused);
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    return store.reset(queue);
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return store.lead(upstream, term);
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return store.share(lease, report);
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return store.grant(lease, grants);
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return store.giveUp(upstream, last);
  }

  @Override
  public CompletionStage<Works> work(Lease lease, WorkReport report) {
    return store.work(lease, report);
  }

  @Override
  public CompletionStage<Set<String>> proven(String upstream, @Nullable String version) {
    return store.proven(upstream, version);
  }

  @Override
  public CompletionStage<Void> close() {
    return store.close();
  }
}
