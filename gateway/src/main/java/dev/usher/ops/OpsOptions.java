package dev.usher.ops;

import dev.usher.ops.control.OperatorTokens;
import org.jspecify.annotations.Nullable;

/**
 * The operators' port.
 *
 * @param host address to listen on
 * @param port TCP port, 0 for any free one
 * @param tokens what operators show to change something; null if nobody may
 */
public record OpsOptions(String host, int port, @Nullable OperatorTokens tokens) {
  /** A port on which nobody may change anything. */
  public OpsOptions(String host, int port) {
    this(host, port, null);
  }
}
