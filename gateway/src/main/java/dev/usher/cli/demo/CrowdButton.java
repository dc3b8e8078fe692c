package dev.usher.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The listener for the button on the shop's page, over which a pod asks the demo for another crowd.
 */
final class CrowdButton implements AutoCloseable {
  private final HttpServer server;
  private volatile Supplier<String> pressed =
      () -> "The demo is not that far yet: wait for its closing table.";

  private CrowdButton(HttpServer server) {
    this.server = server;
  }

  static CrowdButton listen() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    CrowdButton button = new CrowdButton(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
    button.server.setExecutor(Executors.newCachedThreadPool(CrowdButton::daemon));
    button.server.createContext("/crowd", button::answer);
    button.server.start();
    return button;
  }

  /** The URL it listens at. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/crowd";
  }

  /** Sets what to do when the button is pressed; the action returns what to tell the person. */
  void onPress(Supplier<String> action) {
    pressed = action;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = pressed.get().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "crowd-button");
    thread.setDaemon(true);
    return thread;
  }
}
