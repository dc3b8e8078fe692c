package dev.usher.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One pod of a shop on Kubernetes, small enough for dozens on a node. It is a witness: it counts
 * what it was sent, and each answer says which pod gave it and since when that pod had been told to
 * stop, which is what a gateway must not let happen.
 */
final class ShopPod {
  /** A pod that was not told to stop. */
  private static final long RUNS = -1;

  private final String name;
  private final long answerMillis;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightMax = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private volatile boolean ready = true;
  private volatile long toldToStop;

  private ShopPod(String name, long answerMillis) {
    this.name = name;
    this.answerMillis = answerMillis;
  }

  /**
   * Takes port, milliseconds that an answer takes, and milliseconds that it goes on serving after
   * SIGTERM.
   */
  public static void main(String[] args) throws IOException {
    // The JDK's server waits for the rest of a segment otherwise, 40 ms a request.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // A server that closes idle connections makes any gateway's next request fail now and then.
    System.setProperty("sun.net.httpserver.idleInterval", "86400");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    String name = System.getenv().getOrDefault("HOSTNAME", "shop");
    ShopPod pod = new ShopPod(name, Long.parseLong(args[1]));
    HttpServer server = pod.listen(Integer.parseInt(args[0]));
    long grace = Long.parseLong(args[2]);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> pod.stop(server, grace)));
  }

  private HttpServer listen(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 1024);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::sell);
    server.createContext("/stats", exchange -> answer(exchange, 200, stats()));
    server.createContext(
        "/ready", exchange -> answer(exchange, ready ? 200 : 503, ready ? "ready" : "busy"));
    server.createContext("/ready/off", exchange -> becomeReady(exchange, false));
    server.createContext("/ready/on", exchange -> becomeReady(exchange, true));
    server.start();
    return server;
  }

  private void stop(HttpServer server, long grace) {
    toldToStop = System.nanoTime();
    pause(grace);
    System.out.println(name + " ends: " + stats());
    server.stop(1);
  }

  private void sell(HttpExchange exchange) throws IOException {
    long stopping = stoppingMillis();
    if (stopping != RUNS) {
      late.incrementAndGet();
    }
    inFlightMax.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    served.incrementAndGet();
    try {
      pause(answerMillis);
    } finally {
      // Before the answer goes out: whoever reads its last byte may send the next request at once.
      inFlight.decrementAndGet();
    }
    exchange.getResponseHeaders().set("Shop-Pod", name);
    exchange.getResponseHeaders().set("Shop-Stopping-Millis", Long.toString(stopping));
    answer(exchange, 200, name + "\n");
  }

  private long stoppingMillis() {
    long told = toldToStop;
    return told == 0 ? RUNS : (System.nanoTime() - told) / 1_000_000;
  }

  private void becomeReady(HttpExchange exchange, boolean to) throws IOException {
    ready = to;
    answer(exchange, 200, to ? "ready" : "busy");
  }

  private String stats() {
    return String.format(
        Locale.ROOT,
        "{\"pod\":\"%s\",\"inFlight\":%d,\"inFlightMax\":%d,\"served\":%d,\"late\":%d}%n",
        name,
        inFlight.get(),
        inFlightMax.get(),
        served.get(),
        late.get());
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
