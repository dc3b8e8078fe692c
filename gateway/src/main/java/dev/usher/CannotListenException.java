package dev.usher;

/** A port the gateway was told to listen on cannot be had. */
final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotListenException(String setting, String host, int port, Throwable cause) {
    super(
        (setting + " must be a port that is free but " + host + ":" + port + " could not be had")
            + (" (" + cause.getMessage() + "): stop what listens there, or set another port"),
        cause);
  }
}
