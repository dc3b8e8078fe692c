package dev.usher.bench;

import dev.usher.admission.Admission;
import dev.usher.admission.Declared;
import dev.usher.admission.Latencies;
import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.admission.Observation;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.QueueCounts;
import dev.usher.admission.Traffic;
import dev.usher.admission.capacity.Tuning;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.pods.Load;
import dev.usher.pods.PodWatch;
import dev.usher.doorkeeper.SlotShares;
import dev.usher.doorkeeper.LossReserve;
import dev.usher.room.Room;
import dev.usher.room.RoomPolicy;
import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.store.Newcomers;
import dev.usher.store.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a tick costs with 200 pods and 1,000,000 visitors in the line. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
// Rule zero: JMH makes a subclass.
public class TickBenchmark {
  private static final int PODS = 200;
  private static final int WAITING = 1_000_000;
  private static final int BLOCK = 10_000;
  private static final long BEGIN = 1_800_000_000_000L;
  private static final long TICK_MILLIS = 200;
  private static final int REQUESTS_A_TICK = 1200;

  private final long[] answers = new long[Latencies.BUCKETS];
  private long now = BEGIN;
  private long requests;
  private MeasuredCapacity controller = controller();
  private Doorkeeper doorkeeper = doorkeeper();

  private static MeasuredCapacity controller() {
    return new MeasuredCapacity(new Declared(200, 30, 18, 0.2), Tuning.DEFAULT);
  }

  private Doorkeeper doorkeeper() {
    // Time stands still for the store, so that everyone stays present.
    MemoryQueueStore store = new MemoryQueueStore("one", () -> BEGIN);
    Duration minute = Duration.ofMinutes(1);
    Queue queue = new Queue("shop", "concert", minute, Duration.ofSeconds(30), minute);
    for (int i = 0; i < WAITING / BLOCK; i++) {
      store.arrive(queue, new Newcomers(0, 1, i, BLOCK)).toCompletableFuture().join();
    }
    RoomPolicy policy =
        new RoomPolicy(
            queue,
            "Concert",
            1,
            Duration.ofSeconds(90),
            Duration.ofMinutes(15),
            WAITING * 2L,
            Duration.ofSeconds(2),
            Duration.ofSeconds(20));
    PodWatch pods =
        new PodWatch() {
          @Override
          public PodsSeen see(long time) {
            return seen();
          }

          @Override
          public Load load() {
            return Load.NONE;
          }

          @Override
          public void limit(List<PodLimit> limits) {}
        };
    return new Doorkeeper("shop", List.of(new Room(policy, store, 1)),
        new SlotShares("shop", pods, store, LossReserve.hold(Duration.ofSeconds(30))), controller(), store);
  }

  /** Begins anew: a line that was called by the trial before is short. */
  @Setup
  public void begin() {
    controller = controller();
    doorkeeper = doorkeeper();
  }

  private PodsSeen seen() {
    requests += REQUESTS_A_TICK;
    answers[Latencies.bucketOf(180_000 + requests % 40_000)] += REQUESTS_A_TICK;
    List<PodSample> pods = new ArrayList<>(PODS);
    for (int i = 0; i < PODS; i++) {
      pods.add(new PodSample("10.0.0." + i + ":8080", 1, true, false, now - BEGIN, requests / PODS));
    }
    Traffic traffic =
        new Traffic(0, requests, 0, 0, Latencies.of(answers), REQUESTS_A_TICK / 5, 0);
    return new PodsSeen(pods, traffic, 0);
  }

  /** The decision alone. */
  @Benchmark
  public Admission decide() {
    now += TICK_MILLIS;
    QueueCounts queue =
        new QueueCounts(
            36_000, WAITING, 200, now / 10, now / 11, 0, now / 11, now * 100, false, true);
    return controller.decide(new Observation(now, seen(), queue));
  }

  /** A whole tick of the doorkeeper over the store inside the process. */
  @Benchmark
  public void tick() {
    now += TICK_MILLIS;
    doorkeeper.tick(now).toCompletableFuture().join();
  }
}
