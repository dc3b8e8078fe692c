package dev.usher.sim.crowd;

import dev.usher.sim.gate.Reading;
import dev.usher.sim.plant.PodCluster;
import java.util.ArrayList;
import java.util.List;

/** How a run went: looked at ten times a second, and kept once a second. */
public final class Course {
  /** Time between two looks. */
  public static final double LOOK_SECONDS = 0.1;

  private static final int LOOKS = 10;

  /** Before this time of the opening the room fills, and cannot be full. */
  public static final double FILL_SECONDS = 60;

  private final Scene scene;
  private final PodCluster cluster;
  private final double opening;
  private final List<CrowdMoment> moments = new ArrayList<>();
  private final double[] offered = new double[LOOKS];
  private final double[] bearable = new double[LOOKS];
  private long offeredBefore;
  private int looks;
  private double sessionsOver;
  private double requestsOver;
  private double podSeconds;
  private final double coldPod;
  private final Corrections corrections = new Corrections();
  private final Use use = new Use();

  public Course(Scene scene, PodCluster cluster, double opening) {
    this.scene = scene;
    this.cluster = cluster;
    this.opening = opening;
    this.coldPod = cluster.nature().requestsPerSecond() * cluster.nature().coldSpeed();
    scene.timeline().every(LOOK_SECONDS, LOOK_SECONDS, this::look);
  }

  private void look() {
    double sessionsBearable = cluster.sessions();
    double requestsBearable = cluster.requestsPerSecond();
    long sent = cluster.requestsOffered();
    int slot = looks++ % LOOKS;
    offered[slot] = sent - offeredBefore;
    bearable[slot] = requestsBearable * LOOK_SECONDS;
    offeredBefore = sent;
    podSeconds += cluster.count() * LOOK_SECONDS;
    int sessions = scene.ledger().inside();
    if (sessionsBearable > 0) {
      sessionsOver = Math.max(sessionsOver, sessions / sessionsBearable);
    }
    double load = sum(offered);
    // Where nothing can be served, what is offered is measured by what one cold pod could.
    requestsOver = Math.max(requestsOver, load / Math.max(coldPod, sum(bearable)));
    if (slot == LOOKS - 1) {
      keep(scene.gate().reading(), sessionsBearable, load);
    }
  }

  private void keep(Reading reading, double sessionsBearable, double load) {
    double at = scene.timeline().seconds() - opening;
    int live = cluster.live().size();
    int sessions = scene.ledger().inside();
    moments.add(
        new CrowdMoment(
            at,
            sessionsBearable,
            reading,
            sessions,
            scene.ledger().atDoor(),
            live,
            cluster.count(),
            load,
            sum(bearable)));
    corrections.add(at, reading.correction());
    if (at > FILL_SECONDS && reading.waiting() > 0 && sessionsBearable > 0) {
      use.add(sessions / sessionsBearable, load / Math.max(coldPod, sum(bearable)), spare(live));
    }
  }

  /** Eta: the share of capacity that may be used, so that one pod may be lost. */
  public static double spare(int pods) {
    if (pods >= 3) {
      return Math.min(0.9, 1 - 1.0 / pods);
    }
    return pods == 2 ? 0.6 : 0.5;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  public List<CrowdMoment> moments() {
    return List.copyOf(moments);
  }

  /** Most sessions ever, by what the pods could carry. */
  public double sessionsOver() {
    return sessionsOver;
  }

  /** Most requests offered to pods in any second, by what these could serve in it. */
  public double requestsOver() {
    return requestsOver;
  }

  public double podSeconds() {
    return podSeconds;
  }

  /** Turns of the correction in the worst minute. */
  public int reversals() {
    return corrections.worstMinute();
  }

  /** Mean use of eta times capacity while somebody waits; NaN when nobody did. */
  public double use() {
    return use.ofSpared();
  }

  /** Mean use of the whole capacity while somebody waits; NaN when nobody did. */
  public double useOfAll() {
    return use.ofAll();
  }
}
