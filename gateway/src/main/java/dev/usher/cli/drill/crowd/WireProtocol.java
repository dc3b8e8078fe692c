package dev.usher.cli.drill.crowd;

/**
 * What a crowd speaks.
 *
 * @param http2 HTTP/2 over TLS, each visitor on a connection of their own, as browsers are
 * @param trusting whether any certificate is believed, also one that signs itself
 */
public record WireProtocol(boolean http2, boolean trusting) {
  /** HTTP/1.1, over TLS where the target says so. */
  public static final WireProtocol HTTP_1 = new WireProtocol(false, false);
}
