package dev.usher.helm.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A pod of the shop. It runs in a container, on the Java of Usher's image, and the test brings this
 * one class there in a ConfigMap: the product ships nothing that only a test needs.
 *
 * <p>Each answer says which pod gave it, when the request had come, and how many were in flight.
 */
final class ShopPod {
  static final String POD = "Shop-Pod";
  static final String CAME = "Shop-Came";
  static final String IN_FLIGHT = "Shop-In-Flight";

  private static final int PORT = 8080;

  /** Longer than kube-proxy and Usher need to hear that it goes: a well-behaved service. */
  private static final long GOES_ON_MILLIS = 2000;

  private final String name = System.getenv("POD_IP");
  private final long answersAfter = Long.parseLong(System.getenv("ANSWERS_AFTER_MILLIS"));
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean ready = new AtomicBoolean(true);

  private ShopPod() {}

  public static void main(String[] args) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    new ShopPod().listen();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> sleep(GOES_ON_MILLIS)));
  }

  private void listen() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(PORT), 1024);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::sell);
    server.createContext("/ready", exchange -> answer(exchange, ready.get() ? 200 : 503, 0));
    server.createContext("/flip", this::flip);
    server.createContext("/die", exchange -> Runtime.getRuntime().halt(137));
    server.start();
  }

  private void sell(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set(CAME, Long.toString(System.currentTimeMillis()));
    int now = inFlight.incrementAndGet();
    try {
      sleep(answersAfter);
    } finally {
      inFlight.decrementAndGet();
    }
    answer(exchange, 200, now);
  }

  /** Turns its readiness over. */
  private void flip(HttpExchange exchange) throws IOException {
    ready.set(!ready.get());
    answer(exchange, 200, 0);
  }

  private void answer(HttpExchange exchange, int status, int now) throws IOException {
    byte[] body = "a seat\n".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set(POD, name);
    exchange.getResponseHeaders().set(IN_FLIGHT, Integer.toString(now));
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** As long as a page takes to make. */
  private static void sleep(long millis) {
    // Rule zero: it is the one class of ours in its container.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
