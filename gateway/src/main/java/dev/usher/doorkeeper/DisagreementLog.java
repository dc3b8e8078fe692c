package dev.usher.doorkeeper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs when this replica's own view of an upstream's capacity stays far from what the leader wrote,
 * which means that replicas do not see the same pods, and when that is over.
 */
public final class DisagreementLog {
  private static final Logger log = LoggerFactory.getLogger(DisagreementLog.class);

  /** Views that differ by less are considered the same. */
  static final double TOLERANCE = 0.1;

  /** Replicas do not see a pod come or go at the same moment. */
  static final long AFTER_MILLIS = 2000;

  private final Doorkeeper doorkeeper;

  /** When the views began to differ; -1 while they do not. */
  private long since = -1;

  private boolean said;

  public DisagreementLog(Doorkeeper doorkeeper) {
    this.doorkeeper = doorkeeper;
  }

  /** Compares the views after a tick. */
  public synchronized void look(long now) {
    boolean differs = doorkeeper.disagreement() > TOLERANCE;
    if (!differs) {
      since = -1;
      if (said) {
        said = false;
        told(log.atInfo()).log("capacity_agreement");
      }
      return;
    }
    since = since < 0 ? now : since;
    if (!said && now - since > AFTER_MILLIS) {
      said = true;
      told(log.atWarn()).log("capacity_disagreement");
    }
  }

  private LoggingEventBuilder told(LoggingEventBuilder event) {
    return event
        .addKeyValue("upstream", doorkeeper.upstream())
        .addKeyValue("own", doorkeeper.admission().capacity())
        .addKeyValue("store", doorkeeper.storedCapacity());
  }
}
