package dev.usher.sim.usher;

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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store behind a link. */
final class DistantStore implements QueueStore {
  private final QueueStore store;
  private final Link link;

  DistantStore(QueueStore store, Link link) {
    this.store = store;
    this.link = link;
  }

  @Override
  public CompletionStage<Block> arrive(Queue queue, Newcomers newcomers) {
    return link.ask(() -> store.arrive(queue, newcomers));
  }

  @Override
  public CompletionStage<Void> see(Queue queue, Seen seen) {
    return link.signal(() -> store.see(queue, seen));
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    return link.signal(() -> store.line(queue));
  }

  @Override
  public CompletionStage<Copy> copy(Queue queue) {
    return link.signal(() -> store.copy(queue));
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, Remembered remembered) {
    return link.signal(() -> store.restore(queue, remembered));
  }

  @Override
  public CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    return link.ask(() -> store.enlist(queue, standbys, gather, heard));
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<Share> rooms) {
    return link.signal(() -> store.call(lease, budget, rooms));
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    return link.ask(() -> store.claim(queue, place));
  }

  @Override
  public CompletionStage<Stay> stay(Queue queue, Place place) {
    return link.ask(() -> store.stay(queue, place));
  }

  @Override
  public CompletionStage<Void> leave(Queue queue, Place place) {
    return link.ask(() -> store.leave(queue, place));
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    return link.ask(() -> store.pause(queue, paused));
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    return link.ask(() -> store.reset(queue));
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return link.signal(() -> store.lead(upstream, term));
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return link.signal(() -> store.share(lease, report));
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return link.signal(() -> store.grant(lease, grants));
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return link.ask(() -> store.giveUp(upstream, last));
  }

  @Override
  public CompletionStage<Works> work(Lease lease, WorkReport report) {
    return link.signal(() -> store.work(lease, report));
  }

  @Override
  public CompletionStage<Set<String>> proven(String upstream, @Nullable String version) {
    return link.signal(() -> store.proven(upstream, version));
  }

  @Override
  public CompletionStage<Void> close() {
    return store.close();
  }
}
