package dev.usher;

import dev.usher.config.GatewayConfig;

/** Starts a gateway. */
@FunctionalInterface
interface Launch {
  /** Returns when the gateway listens. */
  void start(GatewayConfig config);
}
