package dev.usher.pods.probe;

import dev.usher.pods.PodChange;
import dev.usher.words.EnumWords;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The log lines of pods that come or go: pod_ready, pod_unready, pod_ejected. */
public final class PodLog implements Consumer<PodChange> {
  private static final Logger LOG = LoggerFactory.getLogger(PodLog.class);

  private final String upstream;

  public PodLog(String upstream) {
    this.upstream = upstream;
  }

  @Override
  public void accept(PodChange change) {
    LoggingEventBuilder line = change.kind() == PodChange.Kind.READY ? LOG.atInfo() : LOG.atWarn();
    line.addKeyValue("upstream", upstream)
        .addKeyValue("pod", change.pod())
        .addKeyValue("reason", change.reason())
        .log("pod_" + EnumWords.lower(change.kind()));
  }
}
