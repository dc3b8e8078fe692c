package dev.usher.attack.field;

/** The gateways that are attacked: one configuration each. */
public enum AttackedGateways {
  /** HTTP/1.1 without TLS. */
  PLAIN(false),
  /** HTTP/1.1 and HTTP/2 over TLS. */
  TLS(true),
  /** HTTP/1.1, with a room that names its host. */
  HOSTS(false),
  /** HTTP/1.1, with 256 MB of heap and 256 MB of direct memory. */
  SMALL(false),
  /** HTTP/1.1 and HTTP/2 over TLS, with as little memory. */
  SMALL_TLS(true);

  private final boolean tls;

  AttackedGateways(boolean tls) {
    this.tls = tls;
  }

  boolean tls() {
    return tls;
  }

  /** Whether its process has little memory. */
  boolean isSmall() {
    return this == SMALL || this == SMALL_TLS;
  }
}
