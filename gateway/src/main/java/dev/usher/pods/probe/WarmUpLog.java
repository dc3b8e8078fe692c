package dev.usher.pods.probe;

import dev.usher.pods.Pod;
import dev.usher.pods.warm.WarmUpListener;
import dev.usher.pods.warm.WarmUpStory;
import dev.usher.words.EnumWords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The log lines of the calls that warm pods: pod_warm_up, pod_warm_up_over, warm_up_path_fails. */
public final class WarmUpLog implements WarmUpListener {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUpLog.class);

  private final String upstream;

  public WarmUpLog(String upstream) {
    this.upstream = upstream;
  }

  @Override
  public void begins(Pod pod) {
    line(LOG.atInfo(), pod).log("pod_warm_up");
  }

  @Override
  public void ends(WarmUpStory story, End how) {
    LoggingEventBuilder line = how == End.GIVEN_UP ? LOG.atWarn() : LOG.atInfo();
    line(line, story.pod())
        .addKeyValue("end", EnumWords.lower(how))
        .addKeyValue("answers", story.answers())
        .addKeyValue("seconds", Math.round(story.millis() / 1000.0))
        .addKeyValue("firstMillis", Math.round(story.firstMicros() / 1000.0))
        .addKeyValue("lastMillis", Math.round(story.lastMicros() / 1000.0))
        .log("pod_warm_up_over");
  }

  @Override
  public void fails(Pod pod, String path, String why) {
    line(LOG.atWarn(), pod)
        .addKeyValue("path", path)
        .addKeyValue("reason", why)
        .log("warm_up_path_fails");
  }

  private LoggingEventBuilder line(LoggingEventBuilder line, Pod pod) {
    return line.addKeyValue("upstream", upstream).addKeyValue("pod", pod);
  }
}
