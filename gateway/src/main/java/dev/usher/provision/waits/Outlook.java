package dev.usher.provision.waits;

import dev.usher.admission.Admission;
import dev.usher.admission.Figures;
import dev.usher.admission.Learnt;
import dev.usher.admission.PodLimit;
import dev.usher.admission.Warming;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.forecast.House;
import dev.usher.forecast.Path;
import dev.usher.provision.Desired;
import dev.usher.provision.ScaleSignal;
import dev.usher.provision.Sizing;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * What an upstream is expected to bear: what it bears now, what its pods still gain by getting warm
 * and by proving what was declared, and the pods that are on their way.
 */
public final class Outlook {
  /** The most of the capacity that is used of many pods. */
  private static final double HEADROOM_MOST = 0.9;

  /** By how much the correction rises in a second at most. */
  private static final double PROVES_IN_A_SECOND = 0.02;

  /** Somebody who adds pods asks more often than this. */
  private static final long READ_MILLIS = 120_000;

  /** Of fewer pods than this that are cold nobody notices anything. */
  private static final double COLD_LEAST = 0.05;

  private final Coming coming = new Coming();
  private final ScaleSignal signal;
  private final IntSupplier exist;
  private volatile Sizing sizing;

  /** The same gain as it comes at best, and as it comes if it is late and not all of it comes. */
  private record Both(Path soonest, Path latest) {}

  /**
   * @param signal knows how many pods are asked for
   * @param exist the pods that exist, ready or not
   */
  public Outlook(ScaleSignal signal, Sizing sizing, IntSupplier exist) {
    this.signal = signal;
    this.sizing = sizing;
    this.exist = exist;
  }

  void reconfigure(Sizing changed) {
    sizing = changed;
  }

  House house(Doorkeeper doorkeeper, long now) {
    Admission admission = doorkeeper.admission();
    Figures figures = admission.figures();
    long stored = doorkeeper.storedCapacity();
    double capacity = stored > 0 ? stored : admission.capacity();
    Both bears = new Both(Path.level(capacity), Path.level(capacity));
    bears = proven(warm(bears, admission), admission);
    if (figures.readyPods() > 0) {
      coming.see(now, asked(now), figures.readyPods());
      for (Coming.Batch batch : coming.all(now, sizing.scaling().podStart())) {
        bears = joined(bears, batch, figures, now);
      }
    }
    return new House(
        bears.soonest(), bears.latest(), pace(figures), Math.min(0.5, figures.noShows()));
  }

  /** What one pod bears when it is warm, before room is left for the loss of one. */
  private static double pod(Figures figures) {
    return figures.sessionsPerPod() * figures.learned() * figures.correction();
  }

  private Both warm(Both bears, Admission admission) {
    Figures figures = admission.figures();
    double cold = figures.readyPods() - figures.warmPods();
    if (cold < COLD_LEAST) {
      return bears;
    }
    double missing = pod(figures) * figures.headroom() * cold;
    double lately = warmIn(admission);
    double takes = lately > 0 ? lately : 1.5 * warmUpSeconds();
    return new Both(
        bears.soonest().rising(missing, 0, 0.45 * takes),
        bears.latest().rising(0.9 * missing, 0, 1.2 * takes));
  }

  private double warmUpSeconds() {
    return sizing.tuning().warmUpMillis() / 1000.0;
  }

  /** Seconds until the pods are warm if they go on as lately, on average; 0 while unknown. */
  private static double warmIn(Admission admission) {
    return admission.pods().stream()
        .map(PodLimit::warming)
        .filter(Objects::nonNull)
        .mapToDouble(Warming::seconds)
        .filter(Double::isFinite)
        .average()
        .orElse(0);
  }

  private static Both proven(Both bears, Admission admission) {
    Figures figures = admission.figures();
    Learnt learnt = admission.learnt();
    boolean doubted = learnt != null && learnt.cause() != Learnt.Cause.NONE;
    if (!doubted || figures.correction() <= 0 || figures.correction() >= 1) {
      return bears;
    }
    double now = pod(figures) * figures.headroom() * figures.readyPods();
    double missing = now * (1 / figures.correction() - 1);
    double takes = figures.heldSeconds() + (1 - figures.correction()) / PROVES_IN_A_SECOND;
    return new Both(
        bears.soonest().rising(missing, 0, takes),
        bears.latest().rising(0.5 * missing, 0, 3 * takes));
  }

  /** The pods that are asked for of somebody who asks, or that exist already. */
  private int asked(long now) {
    Desired desired = signal.told(now);
    boolean read = now - signal.readAt() < READ_MILLIS;
    return desired == null || !read
        ? exist.getAsInt()
        : Math.max(exist.getAsInt(), desired.needed());
  }

  private Both joined(Both bears, Coming.Batch batch, Figures figures, long now) {
    int pods = batch.from() + batch.pods();
    double kept = (1 - figures.headroom()) * figures.readyPods() / pods;
    double more = pod(figures) * Math.min(HEADROOM_MOST, 1 - kept) * batch.pods();
    double since = (now - batch.askedAt()) / 1000.0;
    double first = Math.max(2, seconds(sizing.scaling().podStart()) - since);
    double all = Math.max(first, seconds(signal.toGrow(batch.from(), pods)) - since);
    double warmUp = warmUpSeconds();
    return new Both(
        bears.soonest().rising(more, 0.55 * first, 0.6 * all + 0.3 * warmUp),
        bears.latest().rising(0.95 * more, first, all + 0.7 * warmUp));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static House.Pace pace(Figures figures) {
    double first = Math.max(1, figures.firstRequests());
    return new House.Pace(
        figures.rate(), figures.spare() / first, figures.requestsPerSession() / first);
  }
}
