package dev.usher.cli.drill.crowd;

/**
 * The protocol that a crowd speaks.
 *
 * @param http2 HTTP/2 over TLS, each visitor on a connection of their own, like browsers
 * @param trusting whether any certificate is accepted, even a self-signed one
 */
public record WireProtocol(boolean http2, boolean trusting) {
  /** HTTP/1.1, over TLS if the target says so. */
  public static final WireProtocol HTTP_1 = new WireProtocol(false, false);
}
