package dev.usher.provision;

import dev.usher.provision.SaleStage.Phase;
import dev.usher.words.EnumWords;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what becomes of the events of one upstream; the leader's alone. */
final class SaleLog {
  private static final Logger log = LoggerFactory.getLogger(SaleLog.class);

  private final String upstream;

  SaleLog(String upstream) {
    this.upstream = upstream;
  }

  /** Looks at the stages before and after a step. */
  void look(List<SaleStage> before, List<SaleStage> after) {
    Map<String, SaleStage> was =
        before.stream().collect(Collectors.toMap(SaleStage::key, Function.identity()));
    for (SaleStage stage : after) {
      SaleStage old = was.getOrDefault(stage.key(), SaleStage.planned(stage.key()));
      if (old.phase() != stage.phase()) {
        changed(stage);
      }
    }
  }

  private void changed(SaleStage stage) {
    if (stage.phase() == Phase.LATE) {
      log.atWarn()
          .addKeyValue("upstream", upstream)
          .addKeyValue("event", stage.key())
          .addKeyValue(
              "fix", "set opensAt to a time that is to come; people are let in at what is ready")
          .log("sale_late");
    } else {
      log.atInfo()
          .addKeyValue("upstream", upstream)
          .addKeyValue("event", stage.key())
          .addKeyValue("phase", EnumWords.lower(stage.phase()))
          .addKeyValue("pods", stage.pods())
          .log("sale_stage");
    }
  }

  /** Says at an opening that fewer pods are ready than were planned. */
  void below(SaleStage stage, int ready, double extraWaitSeconds) {
    log.atWarn()
        .addKeyValue("upstream", upstream)
        .addKeyValue("event", stage.key())
        .addKeyValue("pods", stage.pods())
        .addKeyValue("ready", ready)
        .addKeyValue(
            "extra_wait_seconds",
            Double.isInfinite(extraWaitSeconds) ? "infinite" : Math.round(extraWaitSeconds))
        .log("sale_below_plan");
  }
}
