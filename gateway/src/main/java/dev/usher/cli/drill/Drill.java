package dev.usher.cli.drill;

import dev.usher.cli.drill.crowd.CallOrder;
import dev.usher.cli.drill.crowd.Clocks;
import dev.usher.cli.drill.crowd.CrowdConnections;
import dev.usher.cli.drill.crowd.DrillCounters;
import dev.usher.cli.drill.crowd.LoopCrowd;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.http.Requests;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A flash crowd of real clients, each with its own socket and cookies. */
public final class Drill {
  /**
   * Event loops: two cores are shared by crowd, gateway and pods, and more loops would only compete
   * for them.
   */
  private static final int LOOPS = 2;

  /** Time between two samples of the course. */
  private static final long SAMPLE_MS = 250;

  /**
   * Time to set up 15,000 visitors before the first arrives, so that none is late because of that.
   */
  private static final long SETUP_MS = 500;

  private static final long LATE_MAX_SECONDS = 60;

  private final Plan plan;
  private final Supplier<@Nullable OpsSample> ops;
  private final DrillCounters counters = new DrillCounters();
  private final List<LoopCrowd> squads = new ArrayList<>();
  private final List<Moment> course = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * Makes a drill that has not begun.
   *
   * @param plan what to do
   * @param ops asked now and then for Usher's own state; may return null
   */
  public Drill(Plan plan, Supplier<@Nullable OpsSample> ops) {
    this.plan = plan;
    this.ops = ops;
  }

  /** Ends a running drill early. */
  public void stop() {
    stopped = true;
  }

  /**
   * Runs the drill to its end; blocks.
   *
   * @param watcher gets the state a few times a second
   */
  public Outcome run(Consumer<Moment> watcher) throws InterruptedException {
    SocketLimit.mustSuffice(plan.visitors(), SocketLimit.allowed());
    Vertx vertx = Vertx.vertx(options());
    try {
      CrowdConnections connections = CrowdConnections.of(vertx, plan);
      LoopCrowd.Shared shared =
          new LoopCrowd.Shared(vertx, connections, plan, counters, new CallOrder());
      for (int i = 0; i < LOOPS; i++) {
        Deployable squad =
            loop -> {
              squads.add(new LoopCrowd(shared, loop));
              return Future.succeededFuture();
            };
        vertx.deployVerticle(squad).await(10, TimeUnit.SECONDS);
      }
      return run(watcher, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETUP_MS));
    } catch (TimeoutException e) {
      throw new IllegalStateException("The crowd's event loops did not start", e);
    } finally {
      var unused = vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private Outcome run(Consumer<Moment> watcher, long start) throws InterruptedException {
    assemble(start);
    squads.forEach(LoopCrowd::start);
    long end = start + plan.lasting().toNanos();
    long cpuAtStart = cpuNanos();
    Moment now = moment(start);
    while (!stopped && System.nanoTime() < end && present() > 0) {
      Thread.sleep(SAMPLE_MS);
      now = moment(start);
      course.add(now);
      watcher.accept(now);
    }
    double cpu = (cpuNanos() - cpuAtStart) / 1e9;
    Moment last = moment(start);
    course.add(last);
    Clocks clocks = new Clocks();
    squads.forEach(squad -> clocks.add(squad.stop().join()));
    return new Outcome(
        plan, last, clocks.summary(), course, cpu, clocks.pages(start), clocks.waits());
  }

  private void assemble(long start) {
    long[] arrivals = plan.arrivals();
    List<Requests> requests = plan.targets().stream().map(Requests::new).toList();
    SplittableRandom chance = new SplittableRandom(plan.seed());
    for (int i = 0; i < arrivals.length; i++) {
      Requests target = requests.get(chance.nextInt(requests.size()));
      squads.get(i % squads.size()).add(target, start + arrivals[i], chance);
    }
  }

  private Moment moment(long start) {
    double seconds = Math.max(0, (System.nanoTime() - start) / 1e9);
    return new Moment(
        seconds, counters.counts(), counters.troubles(), counters.refusals(), ops.get());
  }

  private int present() {
    return squads.stream().mapToInt(LoopCrowd::present).sum();
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(LOOPS)
        .setPreferNativeTransport(true)
        .setUseDaemonThread(true)
        // The report shows how late the crowd itself is; a trace every second would say no more.
        .setMaxEventLoopExecuteTime(LATE_MAX_SECONDS)
        .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean here
        ? here.getProcessCpuTime()
        : 0;
  }
}
