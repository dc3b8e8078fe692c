package dev.usher.provision.floor;

import dev.usher.provision.floor.FloorNote.State;
import dev.usher.provision.floor.FloorStep.Write;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of what is done with floors, and of what keeps them from being raised. */
final class FloorLog {
  private static final Logger log = LoggerFactory.getLogger(FloorLog.class);

  private @Nullable FloorNews said;

  /** One step has been made. */
  static void made(String upstream, Live before, FloorStep step) {
    if (step instanceof Write write && write.note().state() == State.RAISED) {
      log.atInfo()
          .addKeyValue("upstream", upstream)
          .addKeyValue("object", before.named())
          .addKeyValue("from", before.floor())
          .addKeyValue("to", write.note().set().min())
          .addKeyValue("why", write.note().times().why())
          .log("floor_written");
    } else if (step instanceof FloorStep.Release release) {
      if (release.limitStays()) {
        limitStays(upstream, before);
      }
      log.atInfo()
          .addKeyValue("upstream", upstream)
          .addKeyValue("object", before.named())
          .addKeyValue("floor", before.floor())
          .log("floor_given_back");
    }
  }

  private static void limitStays(String upstream, Live live) {
    FloorNote note = live.note();
    log.atWarn()
        .addKeyValue("upstream", upstream)
        .addKeyValue("object", live.named())
        .addKeyValue("floor", live.floor())
        .addKeyValue("limit", live.limit())
        .addKeyValue("was", note == null ? null : live.effectiveLimit(note.was().max()))
        .log("floor_limit_stays");
  }

  /** How it stands now; said once, until it changes. */
  void stands(String upstream, FloorNews news) {
    FloorNews before = said;
    said = news;
    boolean same =
        before != null
            && before.standing().equals(news.standing())
            && Objects.equals(before.trouble(), news.trouble());
    if (same) {
      return;
    }
    FloorNews.Trouble trouble = news.trouble();
    if (trouble != null) {
      log.atWarn()
          .addKeyValue("upstream", upstream)
          .addKeyValue("object", news.object())
          .addKeyValue("reason", news.standing())
          .addKeyValue("problem", trouble.problem())
          .addKeyValue("fix", trouble.fix())
          .log("floor_trouble");
    } else if (news.standing().equals(FloorStanding.TRIED.name().toLowerCase(Locale.ROOT))) {
      log.atInfo()
          .addKeyValue("upstream", upstream)
          .addKeyValue("object", news.object())
          .addKeyValue("floor", news.floor())
          .log("floor_tried");
    }
  }
}
