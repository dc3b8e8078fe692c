package dev.usher;

import java.net.UnknownHostException;

/** The gateway cannot have a port or an address that it was told to listen on. */
public final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param setting the setting that holds host and port, such as {@code listen}
   */
  CannotListenException(String setting, String host, int port, Throwable cause) {
    super(message(setting, host, port, cause), cause);
  }

  private static String message(String setting, String host, int port, Throwable cause) {
    if (isHost(cause)) {
      return host(setting, host, cause);
    }
    String said = String.valueOf(cause.getMessage());
    if (said.contains("in use")) {
      return port(setting, host, port, cause);
    }
    return said.contains("ermission denied")
        ? forbidden(setting, host, port, cause)
        : other(setting, host, port, cause);
  }

  /** Whether the port may be free, but the address is not one of this machine. */
  private static boolean isHost(Throwable cause) {
    return cause instanceof UnknownHostException
        || String.valueOf(cause.getMessage()).contains("assign requested address");
  }

  private static String host(String setting, String host, Throwable cause) {
    // Operators have no such flag: in the quick form their port is open on this machine only.
    String flag = setting.equals("listen") ? " (--host)" : "";
    return (setting + ".host" + flag + " must be an address of this machine but was \"" + host)
        + ("\" (" + cause.getMessage() + "): set one that it has, or 0.0.0.0 for all of them");
  }

  private static String forbidden(String setting, String host, int port, Throwable cause) {
    return (setting + ".port must be a port that this process may listen on but " + host + ":")
        + (port + " is not (" + cause.getMessage() + "): ports below 1024 need the right for it")
        + " (CAP_NET_BIND_SERVICE); give it that, or set a higher port";
  }

  private static String other(String setting, String host, int port, Throwable cause) {
    String said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return (setting + " could not be opened on " + host + ":" + port + ": ")
        + (said + ". Nothing else may be said to hold the port")
        + "; look at the limits of this process (ulimit -n), at what confines it, and at "
        + (setting + ".host");
  }

  private static String port(String setting, String host, int port, Throwable cause) {
    return (setting + ".port must be a port that is free but " + host + ":" + port)
        + (" could not be had (" + cause.getMessage() + "): stop what listens there, or set")
        + " another port";
  }
}
