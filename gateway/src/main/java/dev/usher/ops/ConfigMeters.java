package dev.usher.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** The metrics that show whether the configuration file is in force. */
final class ConfigMeters {
  /** As many bits as a double holds exactly. */
  private static final int DIGITS = 13;

  private ConfigMeters() {}

  static void register(MeterRegistry registry, Supplier<ConfigStatus> config) {
    Gauge.builder("usher_config_refused", () -> config.get().refused().isEmpty() ? 0 : 1)
        .description("Whether the configuration's file is wrong, and the one before it in force")
        .register(registry);
    Gauge.builder("usher_config_fingerprint", () -> number(config.get().fingerprint()))
        .description("A number that stands for what the file says, the same for the same content")
        .register(registry);
    Gauge.builder("usher_config_needs_restart_settings", () -> config.get().needsRestart().size())
        .description("Settings of the file that keep their old value until the next start")
        .register(registry);
  }

  /** The first digits of a SHA-256 in hexadecimal; 0 where there is no file. */
  static double number(String fingerprint) {
    return fingerprint.isEmpty() ? 0 : Long.parseLong(fingerprint.substring(0, DIGITS), 16);
  }
}
