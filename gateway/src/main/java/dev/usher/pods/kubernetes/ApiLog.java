package dev.usher.pods.kubernetes;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of what goes wrong with the Kubernetes API; logs each trouble once until all is well. */
final class ApiLog {
  private static final Logger LOG = LoggerFactory.getLogger(ApiLog.class);

  private final String upstream;
  private final Set<ApiTrouble> said = new HashSet<>();
  private final Set<ApiTrouble> faults = new HashSet<>();
  private boolean affinityTold;
  private volatile boolean over;

  ApiLog(String upstream) {
    this.upstream = upstream;
  }

  /** Ends the log: nothing is asked any more, so what still breaks is no trouble. */
  void end() {
    over = true;
  }

  synchronized void trouble(ApiTrouble trouble) {
    if (!over && said.add(trouble)) {
      tell(trouble);
    }
  }

  /** Logs, once, what is set wrongly: that the API answers again does not mend it. */
  synchronized void fault(ApiTrouble fault) {
    if (!over && faults.add(fault)) {
      tell(fault);
    }
  }

  private void tell(ApiTrouble trouble) {
    LOG.atError()
        .addKeyValue("upstream", upstream)
        .addKeyValue("problem", trouble.problem())
        .addKeyValue("fix", trouble.fix())
        .log(trouble.event());
  }

  /** Logs, once, that the service asks for an affinity that has no effect. */
  synchronized void affinity(Location place) {
    if (!over && !affinityTold) {
      affinityTold = true;
      LOG.atWarn()
          .addKeyValue("upstream", upstream)
          .addKeyValue("service", place)
          .addKeyValue(
              "problem",
              "The service has sessionAffinity: ClientIP, which has no effect here: requests go"
                  + " to pods, not to the service")
          .addKeyValue(
              "fix",
              "set upstreams.%s.sticky to prefer or require, or sessionAffinity to None"
                  .formatted(upstream))
          .log("kubernetes_affinity");
    }
  }

  /** Logs that all is well. */
  synchronized void well() {
    if (!said.isEmpty()) {
      said.clear();
      LOG.atInfo().addKeyValue("upstream", upstream).log("kubernetes_well");
    }
  }

  void bug(RuntimeException bug) {
    LOG.atError().addKeyValue("upstream", upstream).setCause(bug).log("kubernetes_failed");
  }

  void listed(Location place, int pods, long ready) {
    LOG.atInfo()
        .addKeyValue("upstream", upstream)
        .addKeyValue("service", place)
        .addKeyValue("pods", pods)
        .addKeyValue("ready", ready)
        .log("kubernetes_listed");
  }

  void opened(String pod) {
    LOG.atInfo()
        .addKeyValue("upstream", upstream)
        .addKeyValue("pod", pod)
        .log("readiness_gate_opened");
  }

  void listingAgain(String why) {
    LOG.atWarn()
        .addKeyValue("upstream", upstream)
        .addKeyValue("reason", why)
        .log("kubernetes_listing_again");
  }
}
