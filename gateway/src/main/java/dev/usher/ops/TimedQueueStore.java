package dev.usher.ops;

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
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.WorkReport;
import dev.usher.store.Works;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A store whose answers are timed, by what was asked and how it ended. */
final class TimedQueueStore implements QueueStore {
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2)
  };

  private final QueueStore store;
  private final MeterRegistry registry;
  private final Counter unavailable;
  private final Operation arrive;
  private final Operation see;
  private final Operation line;
  private final Operation copy;
  private final Operation restore;
  private final Operation enlist;
  private final Operation call;
  private final Operation claim;
  private final Operation stay;
  private final Operation leave;
  private final Operation pause;
  private final Operation reset;
  private final Operation lead;
  private final Operation share;
  private final Operation grant;
  private final Operation giveUp;
  private final Operation proven;

  TimedQueueStore(QueueStore store, MeterRegistry registry) {
    this.store = store;
    this.registry = registry;
    this.unavailable =
        Counter.builder("usher_store_unavailable_total")
            .description("Answers that the store did not give")
            .register(registry);
    this.arrive = new Operation("arrive");
    this.see = new Operation("see");
    this.line = new Operation("line");
    this.copy = new Operation("copy");
    this.restore = new Operation("restore");
    this.enlist = new Operation("enlist");
    this.call = new Operation("call");
    this.claim = new Operation("claim");
    this.stay = new Operation("stay");
    this.leave = new Operation("leave");
    this.pause = new Operation("pause");
    this.reset = new Operation("reset");
    this.lead = new Operation("lead");
    this.share = new Operation("share");
    this.grant = new Operation("grant");
    this.giveUp = new Operation("give_up");
    this.proven = new Operation("proven");
  }

  /** One operation's timers. */
  private final class Operation {
    private final Timer good;
    private final Timer away;
    private final Timer broken;

    Operation(String name) {
      good = timer(name, "ok");
      away = timer(name, "unavailable");
      broken = timer(name, "failed");
    }

    private Timer timer(String name, String outcome) {
      return Timer.builder("usher_store_operation_seconds")
          .tags("operation", name, "outcome", outcome)
          .description("Answers of the store, by operation and outcome")
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
    }

    <T> CompletionStage<T> time(long startedAt, CompletionStage<T> answer) {
      var unused = answer.whenComplete((value, failure) -> ended(startedAt, failure));
      // The store's own stage and not the one after it, which would wrap a failure once more.
      return answer;
    }

    private void ended(long startedAt, @Nullable Throwable failure) {
      timer(failure).record(now() - startedAt, TimeUnit.NANOSECONDS);
    }

    private Timer timer(@Nullable Throwable failure) {
      if (failure == null) {
        return good;
      }
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof StoreUnavailableException) {
        unavailable.increment();
        return away;
      }
      return broken;
    }
  }

  private long now() {
    return registry.config().clock().monotonicTime();
  }

  @Override
  public CompletionStage<Block> arrive(Queue queue, Newcomers newcomers) {
    return arrive.time(now(), store.arrive(queue, newcomers));
  }

  @Override
  public CompletionStage<Void> see(Queue queue, Seen seen) {
    return see.time(now(), store.see(queue, seen));
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    return line.time(now(), store.line(queue));
  }

  @Override
  public CompletionStage<Copy> copy(Queue queue) {
    return copy.time(now(), store.copy(queue));
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, Remembered remembered) {
    return restore.time(now(), store.restore(queue, remembered));
  }

  @Override
  public CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    return enlist.time(now(), store.enlist(queue, standbys, gather, heard));
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<Share> rooms) {
    return call.time(now(), store.call(lease, budget, rooms));
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    return claim.time(now(), store.claim(queue, place));
  }

  @Override
  public CompletionStage<Stay> stay(Queue queue, Place place) {
    return stay.time(now(), store.stay(queue, place));
  }

  @Override
  public CompletionStage<Void> leave(Queue queue, Place place) {
    return leave.time(now(), store.leave(queue, place));
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    return pause.time(now(), store.pause(queue, paused));
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    return reset.time(now(), store.reset(queue));
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return lead.time(now(), store.lead(upstream, term));
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return share.time(now(), store.share(lease, report));
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return grant.time(now(), store.grant(lease, grants));
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return giveUp.time(now(), store.giveUp(upstream, last));
  }

  @Override
  public CompletionStage<Works> work(Lease lease, WorkReport report) {
    return proven.time(now(), store.work(lease, report));
  }

  @Override
  public CompletionStage<Set<String>> proven(String upstream, @Nullable String version) {
    return proven.time(now(), store.proven(upstream, version));
  }

  @Override
  public CompletionStage<Void> close() {
    return store.close();
  }
}
