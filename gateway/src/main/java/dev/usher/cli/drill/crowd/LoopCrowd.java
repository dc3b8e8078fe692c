package dev.usher.cli.drill.crowd;

import dev.usher.cli.drill.http.CookieJar;
import dev.usher.cli.drill.http.HttpConnection;
import dev.usher.cli.drill.http.Requests;
import dev.usher.cli.drill.http.Trouble;
import dev.usher.forecast.WaitDiary;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The visitors of one event loop, and what they share. */
public final class LoopCrowd {
  /** How often the queue is checked while visitors arrive. */
  private static final long TICK_MS = 1;

  /** Once everybody has come, checking less often is enough, and leaves the cores to the others. */
  private static final long LATER_TICK_MS = 5;

  /**
   * What all event loops of a drill share.
   *
   * @param vertx the Vert.x of the event loops
   * @param connections makes the visitors' connections
   * @param plan what they do
   * @param counters where they count
   * @param order whether anybody is overtaken
   */
  public record Shared(
      Vertx vertx,
      CrowdConnections connections,
      Plan plan,
      DrillCounters counters,
      CallOrder order) {}

  private final Shared shared;
  private final Context loop;
  private final Clocks clocks = new Clocks();
  private final WakeQueue agenda = new WakeQueue();
  private final List<CrowdVisitor> visitors = new ArrayList<>();
  private final AtomicInteger present = new AtomicInteger();
  private long lastArrival;
  private boolean stopped;

  public LoopCrowd(Shared shared, Context loop) {
    this.shared = shared;
    this.loop = loop;
  }

  /** Adds a visitor; all are added before the start. */
  public void add(Requests requests, long arriveAt, SplittableRandom chance) {
    CrowdVisitor visitor = new CrowdVisitor(this, requests, arriveAt, chance.nextLong());
    visitors.add(visitor);
    agenda.add(visitor);
    present.incrementAndGet();
    lastArrival = Math.max(lastArrival, arriveAt);
  }

  public void start() {
    loop.runOnContext(go -> tick());
  }

  /** Sends everyone home; the clocks may be read once this completes. */
  public CompletableFuture<Clocks> stop() {
    CompletableFuture<Clocks> done = new CompletableFuture<>();
    loop.runOnContext(
        go -> {
          stopped = true;
          visitors.forEach(CrowdVisitor::stop);
          done.complete(clocks);
        });
    return done;
  }

  /** Number of visitors who have not left. */
  public int present() {
    return present.get();
  }

  HttpConnection connection(HttpConnection.Owner owner, Requests requests, CookieJar jar) {
    return shared.connections().of(owner, requests, jar);
  }

  Behaviour habits() {
    return shared.plan().habits();
  }

  long now() {
    return System.nanoTime();
  }

  void remind(CrowdVisitor visitor) {
    agenda.add(visitor);
  }

  void count(Count what) {
    shared.counters().add(what);
  }

  void uncount(Count what) {
    shared.counters().subtract(what);
  }

  void count(Trouble what) {
    shared.counters().add(what);
  }

  void refused(int status) {
    shared.counters().refused(status);
  }

  void time(Timing span, long nanos) {
    clocks.record(span, nanos);
  }

  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(now());
  }

  /** Compares what a visitor, who comes in now, was told of the wait with how long it was. */
  void cameIn(WaitDiary diary) {
    diary.comesIn(millis(), clocks.waits());
  }

  /** Times the page with which a visitor, who asked for it then, is inside: it has come now. */
  void firstPage(long askedAt) {
    clocks.page(askedAt, now() - askedAt);
  }

  /** Times a page that an admitted visitor asked for then: it has come now. */
  void timePage(long askedAt) {
    long took = now() - askedAt;
    clocks.page(askedAt, took);
    time(Timing.PAGE, took);
    if (askedAt > lastArrival + Plan.RUSH.toNanos()) {
      time(Timing.PAGE_AFTER_RUSH, took);
    }
  }

  /** Notes that a visitor with this number was told that it is called. */
  void called(long number) {
    shared.order().called(number, now());
  }

  /** Notes that a visitor with this number was told to wait. */
  void toldToWait(long number) {
    if (shared.order().overtaken(number, now())) {
      count(Count.OVERTAKEN);
    }
  }

  void gone() {
    present.decrementAndGet();
  }

  private void tick() {
    if (stopped || present.get() == 0) {
      return;
    }
    long now = now();
    agenda.run(now);
    shared.vertx().setTimer(now < lastArrival ? TICK_MS : LATER_TICK_MS, next -> tick());
  }
}
