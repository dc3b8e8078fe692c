package dev.usher.cli.demo;

import dev.usher.cli.drill.Drill;
import dev.usher.cli.drill.OpsSample;
import dev.usher.cli.drill.OpsView;
import dev.usher.cli.drill.Outcome;
import dev.usher.cli.drill.Rehearsal;
import dev.usher.cli.drill.crowd.Behaviour;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.http.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The course of the demo: straight to the pods, then through Usher, then for people to try. */
final class Demo implements AutoCloseable {
  private static final Duration WITHIN = Duration.ofSeconds(1);

  /** People who see an error reload the page; that is what kills a pod that has just come back. */
  private static final int RELOADS = 3;

  /** How long a crowd that a person set off stays. */
  private static final Duration STAY = Duration.ofMinutes(10);

  /** Usher finds pods ready within its probe's interval, far less than this. */
  private static final long PROBED_MS = 15_000;

  private static final double RUSH_SECONDS = WITHIN.plus(Plan.RUSH).toSeconds();

  private static final long LOOK_MS = 100;

  private final DemoPlan plan;
  private final Ports ports;
  private final LiveView view;
  private final Path dir;
  private final CrowdButton button;
  private final Site site;
  private @Nullable UsherChild usher;
  private @Nullable DemoCrowd crowd;

  Demo(DemoPlan plan, Ports ports, LiveView view, Path dir) throws IOException {
    this.plan = plan;
    this.ports = ports;
    this.view = view;
    this.dir = dir;
    this.button = CrowdButton.listen();
    this.site = new Site(plan, ports, dir, button.url());
  }

  /** Runs both crowds and compares. */
  Comparison compare() throws IOException, InterruptedException {
    view.say("Two pods start; each needs " + plan.coldStart().toSeconds() + " s.");
    site.start();
    Outcome bare = rehearse();
    site.awaitReady(Demo::millis);
    view.say(comes("straight at the pods", plan.straight()));
    Side without = watch(crowdAt(site.targets(), RELOADS, plan.straight()));
    view.say("The pods start anew, and Usher in front of them.");
    site.start();
    site.awaitReady(Demo::millis);
    openUsher(new DemoDoor(ports, null));
    view.say(comes("through Usher", plan.throughUsher()));
    Side with = watch(crowdAt(List.of(entrance()), 0, plan.throughUsher()));
    return new Comparison(plan, without, with, overHttp2(), bare);
  }

  /** Sends a smaller crowd to the same pods in the way of browsers: over TLS and HTTP/2. */
  private Side overHttp2() throws IOException, InterruptedException {
    view.say("%nUsher starts anew with a certificate; the pods stay as they are.".formatted());
    closeUsher();
    DemoDoor secure = new DemoDoor(ports, DemoCertificate.in(dir));
    openUsher(secure);
    DemoPlan.Later later = plan.overHttp2();
    view.say(
        String.format(
            Locale.ROOT,
            "%n%,d visitors come within %d s, through Usher by HTTP/2; watched for %d s.",
            later.visitors(),
            later.within().toSeconds(),
            later.lasting().toSeconds()));
    Plan crowd =
        new Plan(
            List.of(secure.target("/")),
            later.visitors(),
            later.within(),
            habits(0),
            later.lasting(),
            plan.seed());
    return watch(crowd.over(secure.wire()));
  }

  /** Stays up for people to try, until the process is told to end. */
  void stayUp() throws IOException, InterruptedException {
    closeUsher();
    openUsher(new DemoDoor(ports, null));
    button.onPress(this::anotherCrowd);
    view.say(
        String.format(
            Locale.ROOT,
            "The shop is at http://localhost:%d, Usher's own view at http://localhost:%d/metrics.%n"
                + "Send another crowd with the button on its page, or with:%n"
                + "  usher drill http://localhost:%d --ops http://localhost:%d%n"
                + "Ask why nobody more comes in with:%n"
                + "  usher explain --ops http://localhost:%d%n"
                + "Ctrl-C ends everything.",
            ports.visitors(),
            ports.ops(),
            ports.visitors(),
            ports.ops(),
            ports.ops()));
    while (true) {
      TimeUnit.HOURS.sleep(1);
    }
  }

  @Override
  public void close() {
    button.close();
    DemoCrowd running = crowd;
    if (running != null) {
      running.close();
    }
    closeUsher();
    site.close();
  }

  private Outcome rehearse() throws IOException, InterruptedException {
    try (Rehearsal rehearsal = Rehearsal.start(dir)) {
      rehearsal.warmUp();
      return rehearsal.run(crowdAt(List.of(entrance()), 0, plan.throughUsher()));
    }
  }

  private void closeUsher() {
    UsherChild gateway = usher;
    usher = null;
    if (gateway != null) {
      gateway.close();
    }
  }

  private void openUsher(DemoDoor door) throws IOException, InterruptedException {
    usher = UsherChild.start(plan, door, site, dir);
    OpsView ops = new OpsView(opsUrl());
    long end = millis() + PROBED_MS;
    OpsSample now = ops.get();
    for (; now == null || !isOpen(now); now = ops.get()) {
      if (millis() > end) {
        throw new IllegalStateException(
            "Usher must see every pod ready within 15 s but says: " + now);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
    if (door.certificate() == null) {
      view.say(
          String.format(
              Locale.ROOT,
              "Each pod is declared to carry %d sessions and, as it warms up before it is ready, is"
                  + " trusted at once;%nUsher uses nine tenths of that, %d sessions, and lets"
                  + " newcomers in no faster than the pods can answer.",
              plan.sessionsPerPod(),
              now.capacity()));
    }
    Rehearsal.warmUp(door.target("/_usher/place"), door.wire());
  }

  /** Whether every pod is ready, and Usher has worked out what they carry. */
  private static boolean isOpen(OpsSample now) {
    return now.readyPods() >= DemoPlan.PODS && now.capacity() > 0;
  }

  private Side watch(Plan comes) throws InterruptedException {
    Drill drill = new Drill(comes, new OpsView(opsUrl()));
    AtomicBoolean rush = new AtomicBoolean(true);
    Outcome outcome =
        drill.run(
            now -> {
              view.show(now, site);
              if (now.seconds() > RUSH_SECONDS && rush.getAndSet(false)) {
                PodStats.forget(site.urls());
              }
            });
    double podP99 = PodStats.slowestP99(site.urls());
    return new Side(outcome, site.deaths(), site.outOfMemory(), site.inFlightMax(), podP99);
  }

  private synchronized String anotherCrowd() {
    DemoCrowd running = crowd;
    if (running != null && running.alive()) {
      return "A crowd is here already: " + running.words();
    }
    Plan another = crowdAt(List.of(entrance()), 0, STAY);
    DemoCrowd next = new DemoCrowd(new Drill(another, new OpsView(opsUrl())), view, site);
    crowd = next;
    return next.start(plan.visitors());
  }

  private Plan crowdAt(List<Target> targets, int reloads, Duration lasting) {
    return new Plan(targets, plan.visitors(), WITHIN, habits(reloads), lasting, plan.seed());
  }

  private static Behaviour habits(int reloads) {
    return new Behaviour(
        Duration.ofSeconds(10), Duration.ofSeconds(2), 0.3, Duration.ofSeconds(30), reloads);
  }

  private Target entrance() {
    return Target.of("http://127.0.0.1:" + ports.visitors() + "/");
  }

  private String opsUrl() {
    return "http://127.0.0.1:" + ports.ops();
  }

  private String comes(String where, Duration watched) {
    return String.format(
        Locale.ROOT,
        "%n%,d visitors come within one second, %s; watched for %d s.",
        plan.visitors(),
        where,
        watched.toSeconds());
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
