package dev.usher;

import java.net.UnknownHostException;

/** A port or an address that the gateway was told to listen on cannot be had. */
final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param setting what holds host and port, such as {@code listen}
   */
  CannotListenException(String setting, String host, int port, Throwable cause) {
    super(isHost(cause) ? host(setting, host, cause) : port(setting, host, port, cause), cause);
  }

  /** Whether the port may be free, and the address is nobody's here. */
  private static boolean isHost(Throwable cause) {
    return cause instanceof UnknownHostException
        || String.valueOf(cause.getMessage()).contains("assign requested address");
  }

  private static String host(String setting, String host, Throwable cause) {
    // Operators' flags have none for it: in the quick form their port is on this machine only.
    String flag = setting.equals("listen") ? " (--host)" : "";
    return (setting + ".host" + flag + " must be an address of this machine but was \"" + host)
        + ("\" (" + cause.getMessage() + "): set one that it has, or 0.0.0.0 for all of them");
  }

  private static String port(String setting, String host, int port, Throwable cause) {
    return (setting + ".port must be a port that is free but " + host + ":" + port)
        + (" could not be had (" + cause.getMessage() + "): stop what listens there, or set")
        + " another port";
  }
}
