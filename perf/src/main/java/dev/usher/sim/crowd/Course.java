package dev.usher.sim.crowd;

import dev.usher.sim.gate.Reading;
import dev.usher.sim.plant.PodCluster;
import java.util.ArrayList;
import java.util.List;

/** The course of a run: sampled ten times a second, and recorded once a second. */
public final class Course {
  /** Time between two samples. */
  public static final double LOOK_SECONDS = 0.1;

  private static final int LOOKS = 10;

  /** Up to this time after the opening the room is still filling, and cannot be full. */
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
    // If nothing can be served, the offered load is compared with what one cold pod could serve.
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

  /** The highest ratio of sessions to what the pods could carry. */
  public double sessionsOver() {
    return sessionsOver;
  }

  /** The highest ratio, in any second, of requests offered to pods to what these could serve. */
  public double requestsOver() {
    return requestsOver;
  }

  public double podSeconds() {
    return podSeconds;
  }

  /** Changes of the correction's direction in the worst minute. */
  public int reversals() {
    return corrections.worstMinute();
  }

  /** Mean use of eta times capacity while anyone waits; NaN if nobody did. */
  public double use() {
    return use.ofSpared();
  }

  /** Mean use of the whole capacity while anyone waits; NaN if nobody did. */
  public double useOfAll() {
    return use.ofAll();
  }
}
