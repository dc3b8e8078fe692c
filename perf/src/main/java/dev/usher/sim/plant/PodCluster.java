package dev.usher.sim.plant;

import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.sim.time.Journal;
import dev.usher.sim.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pods of one upstream, and what Kubernetes does with them. */
public final class PodCluster {
  /** How many addresses pods may get, from 0. */
  public static final int ADDRESSES = 64;

  /** Time until watchers hear that a pod is ready, or that its process died. */
  private static final double SEEN_AFTER_SECONDS = 1;

  /** Time until Kubernetes gives up on a silent node. */
  private static final double NODE_LOST_SECONDS = 40;

  private static final double GRACE_SECONDS = 10;
  private static final double DATABASE_STEP_SECONDS = 0.1;

  private final Nature nature;
  private final Timeline timeline;
  private final Journal journal;
  private final Chance chance;
  private final @Nullable PlantPod[] byAddress = new PlantPod[ADDRESSES];
  private final List<PlantPod> starting = new ArrayList<>();
  private final FirstVisits firstVisits = new FirstVisits();
  private double databasePerSecond = Double.POSITIVE_INFINITY;
  private double newPodsSpeed = 1;
  private PodTimes times = PodTimes.USUAL;
  private long offered;
  private int crashes;
  private double askedAfterDeath;

  public PodCluster(Nature nature, Timeline timeline, Journal journal, Chance chance) {
    this.nature = nature;
    this.timeline = timeline;
    this.journal = journal;
    this.chance = chance;
  }

  /** Sets how long pods take from now on. */
  public void take(PodTimes changed) {
    times = changed;
  }

  /** Adds pods that are ready now. */
  public void addReady(int count, boolean warm) {
    for (int i = 0; i < count; i++) {
      PlantPod pod = create();
      if (pod != null) {
        pod.live(warm ? nature.warmUpWork() : 0);
      }
    }
  }

  private @Nullable PlantPod create() {
    for (int address = 0; address < ADDRESSES; address++) {
      if (byAddress[address] == null) {
        PlantPod pod = new PlantPod(address, nature, timeline, this::crash);
        byAddress[address] = pod;
        pod.diesAfter(times.death());
        pod.speed(newPodsSpeed, 1);
        return pod;
      }
    }
    return null;
  }

  /** Scales to this number of pods; those that are started take their time. */
  public void scaleTo(int wanted) {
    int now = count();
    for (int i = now; i < wanted; i++) {
      PlantPod pod = create();
      if (pod != null) {
        journal.note("pod starts", pod.address(), wanted);
        start(pod);
      }
    }
    for (int address = ADDRESSES - 1; address >= 0 && now > wanted; address--) {
      PlantPod pod = byAddress[address];
      if (pod != null && !pod.stopping()) {
        stop(pod);
        now--;
      }
    }
  }

  private void start(PlantPod pod) {
    starting.add(pod);
    Appointment unused =
        timeline.after(
            times.start() * (1 + chance.between(-PodTimes.SPREAD, PodTimes.SPREAD)),
            () -> {
              starting.remove(pod);
              if (byAddress[pod.address()] == pod && !pod.stopping()) {
                journal.note("pod ready", pod.address(), 0);
                pod.live(0);
              }
            });
  }

  private void stop(PlantPod pod) {
    journal.note("pod stops", pod.address(), 0);
    pod.stop();
    Appointment unused =
        timeline.after(
            GRACE_SECONDS,
            () -> {
              pod.die(false);
              askedAfterDeath = Math.max(askedAfterDeath, pod.askedAfterDeath());
              byAddress[pod.address()] = null;
            });
  }

  private void crash(PlantPod pod) {
    if (pod.alive()) {
      crashes++;
      kill(pod, false);
    }
  }

  /** Kills a pod, which is then restarted; after a silent death, only when its node is given up. */
  public void kill(PlantPod pod, boolean silently) {
    journal.note("pod dies", pod.address(), pod.inFlight());
    pod.die(silently);
    Appointment unused = timeline.after(silently ? NODE_LOST_SECONDS : 0, () -> start(pod));
  }

  /** The pod at this address; null if there is none. */
  public @Nullable PlantPod at(int address) {
    return byAddress[address];
  }

  /** Pods that exist, including those that are starting or dead. */
  public int count() {
    int count = 0;
    for (PlantPod pod : byAddress) {
      if (pod != null && !pod.stopping()) {
        count++;
      }
    }
    return count;
  }

  /** Pods that serve. */
  public List<PlantPod> live() {
    List<PlantPod> live = new ArrayList<>();
    for (PlantPod pod : byAddress) {
      if (pod != null && pod.alive() && !pod.stopping()) {
        live.add(pod);
      }
    }
    return live;
  }

  /** Pods that Kubernetes believes to be ready, and reports to watchers. */
  public List<PlantPod> visible() {
    double now = timeline.seconds();
    List<PlantPod> visible = new ArrayList<>();
    for (PlantPod pod : byAddress) {
      if (pod == null || pod.stopping()) {
        continue;
      }
      double noticed = pod.silent() ? NODE_LOST_SECONDS : SEEN_AFTER_SECONDS;
      boolean known = pod.aliveSince() + SEEN_AFTER_SECONDS <= now || pod.aliveSince() == 0;
      if (pod.alive() ? known : now < pod.diedAt() + noticed) {
        visible.add(pod);
      }
    }
    return visible;
  }

  /** Lets an autoscaler scale the pods. */
  public void scaleBy(Hpa hpa, java.util.function.IntSupplier external) {
    double[] busyBefore = new double[ADDRESSES];
    timeline.every(
        Hpa.SYNC_SECONDS,
        Hpa.SYNC_SECONDS,
        () -> {
          double cpu = 0;
          List<PlantPod> live = live();
          for (PlantPod pod : live) {
            double busy = pod.busySeconds();
            cpu += Math.max(0, busy - busyBefore[pod.address()]) / Hpa.SYNC_SECONDS;
            busyBefore[pod.address()] = busy;
          }
          int pods = count();
          int wanted =
              hpa.step(
                  timeline.seconds(),
                  new Hpa.Seen(pods, live.size(), Math.min(cpu, live.size()), external.getAsInt()));
          if (wanted != pods) {
            scaleTo(wanted);
          }
        });
  }

  /**
   * Limits what all pods together serve to this many requests per second, as one database would.
   */
  public void shareDatabase(double requestsPerSecond) {
    databasePerSecond = requestsPerSecond;
    timeline.every(0, DATABASE_STEP_SECONDS, this::shareOut);
  }

  private void shareOut() {
    double demand = 0;
    List<PlantPod> live = live();
    for (PlantPod pod : live) {
      demand += pod.demand();
    }
    double share = demand <= databasePerSecond ? 1 : databasePerSecond / demand;
    for (PlantPod pod : live) {
      pod.speed(pod.ownSpeed(), share);
    }
  }

  /** Sets the speed of these pods, and of those that start later, relative to what was declared. */
  public void deploy(List<PlantPod> pods, double speed) {
    newPodsSpeed = speed;
    pods.forEach(pod -> pod.speed(speed, 1));
  }

  /**
   * Makes one pod worse than it was, or restores it with 1 and 0.
   *
   * @param speed its speed relative to the others
   * @param failing the share of its requests that it fails
   */
  public void makeIll(PlantPod pod, double speed, double failing) {
    journal.note("pod ill", pod.address(), (int) (100 * failing));
    pod.speed(speed, 1);
    pod.fail(failing);
  }

  /** Gives each pod its own speed. */
  public void makeUnlike(double lowest, double highest) {
    live().forEach(pod -> pod.speed(chance.between(lowest, highest), 1));
  }

  /** Counts a request that is sent to a pod, whether or not it arrives. */
  public void offered() {
    offered++;
  }

  public long requestsOffered() {
    return offered;
  }

  /** Requests per second that all pods can serve now. */
  public double requestsPerSecond() {
    double sum = 0;
    for (PlantPod pod : byAddress) {
      if (pod != null && !pod.stopping()) {
        sum += pod.requestsPerSecond();
      }
    }
    return Math.min(databasePerSecond, sum);
  }

  /** Sessions that all pods can carry now. */
  public double sessions() {
    return requestsPerSecond() / nature.requestsPerSecond() * nature.sessionsPerPod();
  }

  public Nature nature() {
    return nature;
  }

  public int crashes() {
    return crashes;
  }

  /** The longest time that a dead pod kept being sent requests, in seconds. */
  public double askedAfterDeath() {
    double longest = askedAfterDeath;
    for (PlantPod pod : byAddress) {
      if (pod != null) {
        longest = Math.max(longest, pod.askedAfterDeath());
      }
    }
    return longest;
  }

  /** How warm the pods that started were when visitors came. */
  public FirstVisits firstVisits() {
    return firstVisits;
  }

  /** The warmth of the coldest serving pod. */
  public double coldest() {
    return live().stream().mapToDouble(PlantPod::warmth).min().orElse(0);
  }
}
