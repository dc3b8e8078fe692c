package dev.usher.house;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a process that a test starts and tells where to listen. Not one of those that the
 * kernel gives to whoever asks for any: until the process has it, it would be somebody else's.
 */
public final class FreePort {
  private static final int LOWEST = 10_000;

  /** Kubernetes gives those from 30,000 on; the kernel, those from 32,768 on. */
  private static final int BEYOND = 30_000;

  private static final int TRIES = 1000;

  private FreePort() {}

  /** A port of the loopback address at which nobody listens. */
  public static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
    throw new IllegalStateException("No port is free between " + LOWEST + " and " + BEYOND);
  }
}
