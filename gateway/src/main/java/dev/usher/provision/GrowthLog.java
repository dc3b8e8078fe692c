package dev.usher.provision;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when pods that are asked for do not come at all, and when they do again; and when no more
 * are asked for because the last ones added nothing. Usher sees only pods, so it does not matter
 * why they do not come: a metric that nobody reads, a trigger that cannot be built, a limit, a
 * quota.
 */
public final class GrowthLog {
  /**
   * Time without a new pod after which this is told. The autoscaler of Kubernetes looks every 15
   * seconds, and a pod that it adds is known at once, long before it has a node.
   */
  private static final long NONE_CAME_SECONDS = 25;

  /** For so long nothing must be held back before that is over: a line comes and goes. */
  private static final long OVER_MILLIS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(GrowthLog.class);

  private final ScaleSignal signal;
  private boolean said;
  private boolean stopped;
  private long heldBackAt;

  public GrowthLog(ScaleSignal signal) {
    this.signal = signal;
  }

  /** Looks at the number as it is told now. */
  public void look(long now) {
    Desired told = signal.told(now);
    if (told == null) {
      return;
    }
    boolean stuck = isStuck(told);
    if (stuck && !said) {
      LOG.atWarn()
          .addKeyValue("upstream", signal.upstream())
          .addKeyValue("wanted", told.needed())
          .addKeyValue("pods", told.pods().known())
          .addKeyValue("seconds", told.pods().shortSeconds())
          .addKeyValue("asked_seconds_ago", askedSecondsAgo(now))
          .log("pods_not_added");
    } else if (said && !stuck) {
      LOG.atInfo()
          .addKeyValue("upstream", signal.upstream())
          .addKeyValue("wanted", told.needed())
          .addKeyValue("pods", told.pods().known())
          .log("pods_added");
    }
    said = stuck;
    lookAtGain(told, now);
  }

  private void lookAtGain(Desired told, long now) {
    if (told.heldBack() > 0) {
      heldBackAt = now;
      if (!stopped) {
        LOG.atWarn()
            .addKeyValue("upstream", signal.upstream())
            .addKeyValue("pods", told.needed())
            .addKeyValue("held_back", told.heldBack())
            .addKeyValue("fix", "look at what the pods share, as a rule a database")
            .log("growth_stopped");
      }
      stopped = true;
    } else if (stopped && now - heldBackAt >= OVER_MILLIS) {
      LOG.atInfo()
          .addKeyValue("upstream", signal.upstream())
          .addKeyValue("pods", told.needed())
          .log("growth_goes_on");
      stopped = false;
    }
  }

  private static boolean isStuck(Desired told) {
    return told.pods().shortSeconds() >= NONE_CAME_SECONDS;
  }

  /** Null if nobody who may add pods ever asked this replica. */
  private @Nullable Long askedSecondsAgo(long now) {
    return signal.readAt() == 0 ? null : (now - signal.readAt()) / 1000;
  }
}
