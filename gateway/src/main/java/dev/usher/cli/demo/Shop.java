package dev.usher.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * One pod of a ticket shop of the kind that many build: a thread for each request, a seat map in
 * memory for each, and a database that takes its time. Nothing in it limits how many come at once.
 */
final class Shop {
  /** Number of pages after which the compiler has seen enough of them. */
  private static final int WARM_UP_PAGES = 500;

  private static final int BACKLOG = 4096;

  /**
   * The shop's database connections. Half as many visitors a second as a busy machine brings must
   * need more of them, or the crowd would be no crowd.
   */
  private static final int CONNECTIONS = 40;

  /** The pool of connections: a request that finds none waits, with its seat map in memory. */
  private final Semaphore database = new Semaphore(CONNECTIONS, true);

  private final FlightRecorder recorder;

  /** How long the database takes, give or take a fifth. */
  private final long databaseMs;

  private final URI control;

  /**
   * Whether the page is the season's offers, by code that nothing compiled before the pod listens.
   */
  private final boolean cold;

  private final ConcurrentHistogram micros =
      new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);

  private Shop(FlightRecorder recorder, long databaseMs, URI control, boolean cold) {
    this.recorder = recorder;
    this.databaseMs = databaseMs;
    this.control = control;
    this.cold = cold;
  }

  /**
   * Takes the port, the cold start in milliseconds, the file to count in, and the address of the
   * demo; then, optionally, how long the database takes in milliseconds, and {@code cold} for a pod
   * that lists offers and does nothing to warm up.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Otherwise the JDK's server waits for the rest of a segment, 40 ms a request.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    FlightRecorder recorder = FlightRecorder.open(Path.of(args[2]));
    recorder.clear();
    long databaseMs = args.length > 4 ? Long.parseLong(args[4]) : ShopTimes.DATABASE.toMillis();
    boolean cold = args.length > 5 && args[5].equals("cold");
    Shop shop = new Shop(recorder, databaseMs, URI.create(args[3]), cold);
    if (!cold) {
      // A real service loads classes, fills caches and opens its database before it listens.
      warmUp();
    }
    Thread.sleep(Long.parseLong(args[1]));
    shop.listen(Integer.parseInt(args[0]));
    recorder.ready();
  }

  private static void warmUp() {
    long free = 0;
    for (int i = 0; i < WARM_UP_PAGES; i++) {
      SeatMap seats = new SeatMap(i);
      free += ShopPage.seats(seats.free(), seats.cheapest()).length();
    }
    System.out.println("warmed up on " + free + " characters");
  }

  private void listen(int port) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::sell);
    server.createContext("/crowd", this::crowd);
    server.createContext("/healthz", exchange -> answer(exchange, 200, "text/plain", "ready\n"));
    server.createContext("/stats", exchange -> answer(exchange, 200, "application/json", stats()));
    server.createContext("/stats/forget", this::forget);
    server.start();
  }

  private void sell(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    recorder.begin();
    String page;
    try {
      page = cold ? offers(start) : seats(start);
    } finally {
      // Before the answer goes out, because whoever reads its last byte may send the next request
      // at once.
      recorder.end();
    }
    answer(exchange, 200, "text/html; charset=utf-8", page);
    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
  }

  private String seats(long visitor) {
    SeatMap seats = new SeatMap(visitor);
    askDatabase();
    return ShopPage.seats(seats.free(), seats.cheapest());
  }

  private String offers(long visitor) {
    askDatabase();
    return new Offers(visitor).html();
  }

  private void askDatabase() {
    database.acquireUninterruptibly();
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(databaseMs * 4 / 5, databaseMs * 6 / 5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      database.release();
    }
  }

  /** Handles the button on the page: asks the demo for another crowd, and says how to meet it. */
  private void crowd(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      answer(exchange, 405, "text/plain", "Use the button on the page.\n");
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(control).POST(HttpRequest.BodyPublishers.noBody()).build();
    try {
      HttpResponse<String> said =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      answer(exchange, 200, "text/html; charset=utf-8", ShopPage.crowd(said.body().trim()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer(exchange, 503, "text/plain", "The demo ends.\n");
    }
  }

  /**
   * Starts the measurements over: what was measured in the rush says nothing about the time after
   * it.
   */
  private void forget(HttpExchange exchange) throws IOException {
    micros.reset();
    answer(exchange, 200, "text/plain", "forgotten\n");
  }

  private String stats() {
    return String.format(
        Locale.ROOT,
        "{\"inFlight\":%d,\"inFlightMax\":%d,\"served\":%d,\"p50Ms\":%.3f,\"p99Ms\":%.3f}%n",
        recorder.inFlight(),
        recorder.inFlightMax(),
        recorder.served(),
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0);
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
