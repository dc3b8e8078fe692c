package dev.usher.cli;

import dev.usher.config.ConfigFile;
import dev.usher.config.GatewayConfig;
import org.jspecify.annotations.Nullable;

/** Starts a gateway. */
@FunctionalInterface
public interface Launch {
  /** Before anything is said of the configuration. */
  default void prepare(GatewayConfig config) {}

  /**
   * Returns when the gateway listens.
   *
   * @param file what the configuration was read from, to be watched; null for none
   */
  void start(GatewayConfig config, @Nullable ConfigFile file);
}
