package dev.usher.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** The metrics that show whether the configuration file is in force. */
final class ConfigMeters {
  private ConfigMeters() {}

  static void register(MeterRegistry registry, Supplier<ConfigStatus> config) {
    Gauge.builder("usher_config_refused", () -> config.get().refused().isEmpty() ? 0 : 1)
        .description("Whether the configuration's file is wrong, and the one before it in force")
        .register(registry);
    Gauge.builder("usher_config_needs_restart_settings", () -> config.get().needsRestart().size())
        .description("Settings of the file that keep their old value until the next start")
        .register(registry);
  }
}
