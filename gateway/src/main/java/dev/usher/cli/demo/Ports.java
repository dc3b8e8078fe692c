package dev.usher.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The TCP ports of the demo.
 *
 * @param visitors the port of visitors
 * @param ops the port of operators
 * @param firstPod the port of the first pod; the others follow
 */
record Ports(int visitors, int ops, int firstPod) {
  /** Refuses to start if one is taken, because a demo that talks to a stranger shows nothing. */
  void mustBeFree() {
    mustBeFree(visitors, "--port");
    mustBeFree(ops, "--ops-port");
    for (int i = 0; i < DemoPlan.PODS; i++) {
      mustBeFree(firstPod + i, "--pod-port");
    }
  }

  private static void mustBeFree(int port, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Port "
              + port
              + " must be free but cannot be had ("
              + e.getMessage()
              + "). End what listens there, or choose another with "
              + option
              + " N",
          e);
    }
  }
}
