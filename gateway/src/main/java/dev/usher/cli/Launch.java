package dev.usher.cli;

import dev.usher.config.ConfigFile;
import dev.usher.config.GatewayConfig;
import org.jspecify.annotations.Nullable;

/** The start of a gateway. */
@FunctionalInterface
public interface Launch {
  /** Prepares for this configuration, before anything is said of it. */
  default void prepare(GatewayConfig config) {}

  /**
   * Starts a gateway. Returns once it listens.
   *
   * @param file the file that the configuration was read from, to be watched; null for none
   */
  void start(GatewayConfig config, @Nullable ConfigFile file);
}
