package dev.usher;

import dev.usher.config.ConfigChange;
import dev.usher.config.ConfigFile;
import dev.usher.config.GatewayConfig;
import dev.usher.ops.ConfigStatus;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch over the configuration file: hands on what changed, and logs what became of it. It reads
 * the content, because a mounted ConfigMap changes by a link to another directory, which shows
 * neither in the file's time nor to a watch on the file.
 */
final class ConfigWatch {
  private static final Logger log = LoggerFactory.getLogger(ConfigWatch.class);

  /**
   * Time between two looks: a change is recognised at the second look after it, and in force within
   * two seconds.
   */
  private static final long LOOK_MILLIS = 250;

  /** Longest time for which a stop waits for a change that is being taken over. */
  private static final long STOP_MILLIS = 3000;

  private final ConfigFile file;
  private final Consumer<GatewayConfig> gateway;
  private final ScheduledExecutorService thread;
  private volatile ConfigStatus status;

  /**
   * Makes a watch that looks at nothing before {@link #start}.
   *
   * @param gateway takes over what changed
   */
  ConfigWatch(ConfigFile file, Consumer<GatewayConfig> gateway) {
    this.file = file;
    this.gateway = gateway;
    this.status = status(List.of(), List.of());
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "usher-config");
              made.setDaemon(true);
              return made;
            });
  }

  private ConfigStatus status(List<String> refused, List<String> needsRestart) {
    return new ConfigStatus(file.path().toString(), file.sha256(), refused, needsRestart);
  }

  /** How the configuration in force compares with the file. */
  ConfigStatus status() {
    return status;
  }

  /** Starts to look. */
  void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Stops looking; waits for a change that is being taken over. */
  void stop() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      ConfigChange change = file.look();
      if (change instanceof ConfigChange.Refused refused) {
        refused(refused.problems());
      } else if (change instanceof ConfigChange.Taken taken) {
        taken(taken);
      }
    } catch (RuntimeException bug) {
      // Otherwise the watch would end silently.
      log.atError().addKeyValue("file", file.path()).setCause(bug).log("config_failed");
      status =
          status(List.of("It is right but could not be taken over: " + bug), status.needsRestart());
    }
  }

  private void refused(List<String> problems) {
    // What waits for a restart goes on waiting, whatever the file says now.
    status = status(problems, status.needsRestart());
    for (String problem : problems) {
      log.atError()
          .addKeyValue("file", file.path())
          .addKeyValue("problem", problem)
          .log("config_refused");
    }
  }

  private void taken(ConfigChange.Taken taken) {
    gateway.accept(taken.config());
    ConfigChange.Changes changes = taken.changes();
    for (String warning : taken.config().warnings()) {
      log.atWarn().addKeyValue("warning", warning).log("config_warning");
    }
    log.atInfo()
        .addKeyValue("file", file.path())
        .addKeyValue("changed", String.join(", ", changes.changed()))
        .addKeyValue("added", String.join(", ", changes.added()))
        .addKeyValue("removed", String.join(", ", changes.removed()))
        .log("config_applied");
    if (!changes.needsRestart().isEmpty()) {
      log.atWarn()
          .addKeyValue("file", file.path())
          .addKeyValue("settings", String.join(", ", changes.needsRestart()))
          .log("config_needs_restart");
    }
    // Last, so that whoever reads the status finds the change done.
    status = status(List.of(), changes.needsRestart());
  }
}
