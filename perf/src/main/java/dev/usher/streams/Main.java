package dev.usher.streams;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Listens with so many visitors, while those in front leave one after the other, so that
 * everybody's place changes all the time; and says what that cost the gateway. See perf/streams.
 */
final class Main {
  private static final int AT_ONCE = 100;
  private static final int LEAVERS = 200;
  private static final int TRIES = 60;
  private static final long LEAVE_MILLIS = 500;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HeardByAll heard = new HeardByAll();
  private final List<HttpClientConnection> connections = new ArrayList<>();
  private final HttpClientAgent client;
  private final int port;

  private Main(int port, String protocol) {
    this.port = port;
    HttpClientOptions options = new HttpClientOptions();
    if (!protocol.equals("http")) {
      options.setSsl(true).setTrustAll(true).setVerifyHost(false).setUseAlpn(true);
    }
    if (protocol.equals("h2")) {
      options.setProtocolVersion(HttpVersion.HTTP_2);
    }
    this.client = vertx.createHttpClient(options);
  }

  /** Arguments: port, port of operators, process, operator's token, protocol, streams, seconds. */
  public static void main(String[] args) throws Exception {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    Main main = new Main(Integer.parseInt(args[0]), args[4]);
    try {
      main.run(args);
    } finally {
      main.vertx.close().await();
    }
  }

  private void run(String[] args) throws Exception {
    Watched gateway = new Watched(args[2]);
    int count = Integer.parseInt(args[5]);
    long seconds = Long.parseLong(args[6]);
    List<Listener> leavers = joined(LEAVERS);
    HttpClientConnection door = connections.get(0);
    long heap = gateway.heapKb();
    long native1 = gateway.anonymousKb();
    connections.clear();
    List<Listener> all = joined(count);
    open(all);
    TimeUnit.SECONDS.sleep(5);
    long heapEach = gateway.heapKb() - heap;
    long nativeEach = gateway.anonymousKb() - native1;
    System.out.printf(
        "%,d streams by %s, %,d still open: heap %.1f KB and native %.1f KB each%n",
        count, args[4], open(args), heapEach / (double) count, nativeEach / (double) count);
    long leaving =
        vertx.setPeriodic(
            LEAVE_MILLIS,
            timer -> {
              if (!leavers.isEmpty()) {
                var unused = leavers.remove(0).leave(door);
              }
            });
    TimeUnit.SECONDS.sleep(3);
    heard.begin();
    long before = heard.events();
    double cpu = busy(gateway, seconds);
    long events = heard.events() - before;
    vertx.cancelTimer(leaving);
    TimeUnit.SECONDS.sleep(3);
    double idle = busy(gateway, 10);
    System.out.printf(
        "  %,d updates in %d s; gateway %.2f s of processor time a second, %.2f while nothing is"
            + " new: %.1f us an update%n",
        events, seconds, cpu, idle, (cpu - idle) * seconds * 1e6 / events);
    System.out.println("  time between two updates of a visitor: " + heard.gaps());
    tellAll(args);
  }

  private void tellAll(String[] args) throws Exception {
    say(args, "Welcome"); // what is cold by now is not what is measured
    heard.said(System.nanoTime());
    say(args, "Back at nine");
    System.out.printf("  a message to all: heard by %,d, %s%n", heard.messages(), heard.lags());
  }

  /** Streams that are open now; a gateway that is not in time has ended some. */
  private static int open(String[] args) throws IOException, InterruptedException {
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + args[1] + "/metrics")).build();
    return HttpClient.newHttpClient()
        .send(metrics, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith("usher_open_streams "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  /** Processor time a second that the gateway uses for so many seconds. */
  private static double busy(Watched gateway, long seconds)
      throws IOException, InterruptedException {
    double from = gateway.processorSeconds();
    TimeUnit.SECONDS.sleep(seconds);
    return (gateway.processorSeconds() - from) / seconds;
  }

  private List<Listener> joined(int count) {
    List<Listener> all = new ArrayList<>();
    for (int from = 0; from < count; from += AT_ONCE) {
      List<Future<HttpClientConnection>> some = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
        Listener listener = new Listener(client, heard);
        all.add(listener);
        some.add(listener.join(port));
      }
      Future.all(some).await();
      some.forEach(each -> connections.add(each.result()));
    }
    return all;
  }

  /** A gateway that is busy refuses streams for a while: then the rest try again. */
  private void open(List<Listener> all) throws InterruptedException {
    for (int i = 0, tries = 0; i < all.size(); ) {
      List<Future<Integer>> opened = new ArrayList<>();
      int last = Math.min(all.size(), i + AT_ONCE);
      for (int at = i; at < last; at++) {
        opened.add(all.get(at).listen(connections.get(at)));
      }
      Future.all(opened).await();
      List<Integer> refused = new ArrayList<>();
      for (int at = i; at < last; at++) {
        if (opened.get(at - i).result() != 200) {
          refused.add(at);
        }
      }
      // Those that are refused change places with those that are not, the last first.
      i = last - refused.size();
      for (int k = refused.size() - 1; k >= 0; k--) {
        Collections.swap(all, i + k, refused.get(k));
        Collections.swap(connections, i + k, refused.get(k));
      }
      if (!refused.isEmpty()) {
        if (++tries > TRIES) {
          throw new IllegalStateException(refused.size() + " streams were refused again and again");
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private static void say(String[] args, String words) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + args[1] + "/api/rooms/main/message"))
                    .header("Authorization", "Bearer " + args[3])
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"" + words + "\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("A message must be taken but: " + answer.body());
    }
    TimeUnit.SECONDS.sleep(6);
  }
}
