package dev.usher.sim.plant;

import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A pod as it really is: it divides its speed among its requests. Up to the knee, each request
 * proceeds as if it were alone; beyond it, they take longer; far beyond, they get in each other's
 * way, and finally the pod dies. It becomes fast through the work it has done.
 */
public final class PlantPod {
  /** Requests in flight beyond which each additional one makes all of them slower. */
  static final int THRASH_ABOVE = 40;

  /** Requests in flight that kill a pod if exceeded for some time. */
  static final int CRASH_ABOVE = 200;

  private final int address;
  private final Nature nature;
  private final Timeline timeline;
  private final Runnable overloaded;
  private final PriorityQueue<Job> jobs = new PriorityQueue<>();

  /** Requests that wait for something that the pod itself waits for. */
  private final Set<Consumer<JobEnd>> waiting = new LinkedHashSet<>();

  /** Work that a request present since the start would have received, in seconds alone. */
  private double attained;

  private long sequence;
  private double advancedAt;
  private double busySeconds;
  private double served;
  private double speed = 1;
  private double share = 1;
  private double diesAfter = PodTimes.USUAL.death();

  /** The share of its requests that it fails, and the fraction of a failure accumulated so far. */
  private double failing;

  private double failuresDue;
  private @Nullable Appointment completion;
  private @Nullable Appointment crash;
  private boolean alive;
  private boolean prewarmed;
  private boolean stopping;
  private boolean silent;
  private double aliveSince;
  private int lives;
  private double diedAt = Double.NaN;
  private double askedAfterDeath;

  PlantPod(int address, Nature nature, Timeline timeline, Consumer<PlantPod> overloaded) {
    this.address = address;
    this.nature = nature;
    this.timeline = timeline;
    this.overloaded = () -> overloaded.accept(this);
  }

  /** Becomes ready. */
  void live(double servedBefore) {
    advance();
    alive = true;
    silent = false;
    served = servedBefore;
    prewarmed = servedBefore > 0;
    aliveSince = timeline.seconds();
    lives++;
    diedAt = Double.NaN;
  }

  /** Takes a request that needs this many seconds on an idle warm pod. */
  public void serve(double seconds, Consumer<JobEnd> ended) {
    if (!alive) {
      // Before it ever lived there is no death to count from.
      askedAfterDeath =
          Double.isNaN(diedAt) ? 0 : Math.max(askedAfterDeath, timeline.seconds() - diedAt);
      ended.accept(JobEnd.NOT_CONNECTED);
      return;
    }
    advance();
    double work = seconds * (1 - nature.waits());
    jobs.add(new Job(attained + work, sequence++, end -> worked(end, seconds - work, ended)));
    reckon();
    if (inFlight() > CRASH_ABOVE && crash == null) {
      crash = timeline.after(diesAfter, overloaded);
    }
  }

  /** The pod has done its part; the request may still wait for something else. */
  private void worked(JobEnd end, double waits, Consumer<JobEnd> ended) {
    if (end != JobEnd.ANSWERED || waits <= 0) {
      ended.accept(end);
      return;
    }
    waiting.add(ended);
    timeline.after(
        waits,
        () -> {
          if (waiting.remove(ended)) {
            ended.accept(JobEnd.ANSWERED);
          }
        });
  }

  private void complete() {
    advance();
    List<Job> done = new ArrayList<>(1);
    // What is due within a microsecond is done now: time has no finer steps.
    double due = attained + rate() * 1e-6;
    Job first = jobs.peek();
    while (first != null && first.finish <= due) {
      done.add(first);
      jobs.poll();
      first = jobs.peek();
    }
    served += done.size();
    Appointment counting = crash;
    if (counting != null && inFlight() <= CRASH_ABOVE) {
      counting.cancel();
      crash = null;
    }
    completion = null;
    reckon();
    done.forEach(job -> job.ended.accept(answer()));
  }

  private JobEnd answer() {
    failuresDue += failing;
    if (failuresDue < 1) {
      return JobEnd.ANSWERED;
    }
    failuresDue--;
    return JobEnd.FAILED;
  }

  void diesAfter(double seconds) {
    diesAfter = seconds;
  }

  /** Fails this share of its requests, evenly. */
  void fail(double part) {
    failing = part;
  }

  private void advance() {
    double now = timeline.seconds();
    double passed = now - advancedAt;
    if (passed > 0 && !jobs.isEmpty()) {
      attained += passed * rate();
      busySeconds += passed * Math.min(1, jobs.size() / nature.workers());
    }
    advancedAt = now;
  }

  private void reckon() {
    if (completion != null) {
      completion.cancel();
      completion = null;
    }
    Job first = jobs.peek();
    if (first != null && alive) {
      completion = timeline.after((first.finish - attained) / rate(), this::complete);
    }
  }

  /** The share of each second that one request gets. */
  private double rate() {
    int n = jobs.size();
    double alone = n <= nature.workers() ? 1 : nature.workers() / n;
    double order = n <= THRASH_ABOVE ? 1 : (double) THRASH_ABOVE / n;
    return alone * order * speed * share * warmth();
  }

  /** Speed relative to a warm pod: rises from cold to 1 with the work done. */
  public double warmth() {
    double cold = nature.coldSpeed();
    return cold + (1 - cold) * Math.min(1, served / nature.warmUpWork());
  }

  /** Dies at once. If silently, nobody is told, neither clients nor Kubernetes. */
  void die(boolean silently) {
    advance();
    alive = false;
    silent = silently;
    diedAt = timeline.seconds();
    if (completion != null) {
      completion.cancel();
      completion = null;
    }
    if (crash != null) {
      crash.cancel();
      crash = null;
    }
    List<Job> broken = new ArrayList<>(jobs);
    jobs.clear();
    broken.sort(null);
    List<Consumer<JobEnd>> cutOff = List.copyOf(waiting);
    waiting.clear();
    if (!silently) {
      broken.forEach(job -> job.ended.accept(JobEnd.BROKEN));
      cutOff.forEach(ended -> ended.accept(JobEnd.BROKEN));
    }
  }

  /** Sets its speed relative to others, and how much of it a shared bottleneck leaves. */
  void speed(double own, double ofShared) {
    if (own != speed || ofShared != share) {
      advance();
      speed = own;
      share = ofShared;
      reckon();
    }
  }

  /** Requests per second that it would serve now if it got all it needs from others. */
  double demand() {
    return alive && !jobs.isEmpty() ? jobs.size() * rate() / share / nature.serviceSeconds() : 0;
  }

  /** Most requests per second that it can serve well now. */
  public double requestsPerSecond() {
    return alive ? nature.requestsPerSecond() * speed * warmth() * (1 - failing) : 0;
  }

  double ownSpeed() {
    return speed;
  }

  double busySeconds() {
    advance();
    return busySeconds;
  }

  void stop() {
    stopping = true;
  }

  public int address() {
    return address;
  }

  public boolean alive() {
    return alive;
  }

  /** Whether it was warm before its first request. */
  public boolean prewarmed() {
    return prewarmed;
  }

  public boolean stopping() {
    return stopping;
  }

  /** Whether it died in such a way that connecting to it hangs. */
  public boolean silent() {
    return silent;
  }

  public int inFlight() {
    return jobs.size() + waiting.size();
  }

  double aliveSince() {
    return aliveSince;
  }

  /** How long it has been ready, or was when it died. */
  public double aliveSeconds() {
    return (alive ? timeline.seconds() : Math.max(aliveSince, diedAt)) - aliveSince;
  }

  /** Which life of which pod this is. */
  public String name() {
    return address + "/" + lives;
  }

  double diedAt() {
    return diedAt;
  }

  /** The longest time, in seconds, from its death to the last request sent to it while dead. */
  double askedAfterDeath() {
    return askedAfterDeath;
  }

  /** Seconds that it needs to answer a probe, which is a small request. */
  public double probeSeconds() {
    return 0.005 / rate();
  }

  double served() {
    return served;
  }
}
