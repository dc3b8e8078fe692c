package dev.usher.helm.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.usher.helm.proof.Told.Ask;
import dev.usher.helm.proof.Told.Served;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Visitors who come through the Service, all on one thread, and what each was told. */
final class Crowd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String NOT_JOINED = "/problems/not-joined";

  /**
   * An idle connection that the server closes just as a request is sent on it. Every browser sends
   * a safe request once more then (RFC 9112, 9.3.1); this client does so once only, and gives up
   * when the next one of its connections was closed as well.
   */
  private static final String CLOSED_MEANWHILE = "received no bytes";

  private final String door;
  private final Http http;
  private final Tokens tokens = new Tokens();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "crowd");
            made.setDaemon(true);
            return made;
          });
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final List<Told> history = new ArrayList<>();
  private final AtomicInteger present = new AtomicInteger();
  private final AtomicInteger closedMeanwhile = new AtomicInteger();
  private int came;
  private volatile boolean letGo;

  Crowd(String door, Http http) {
    this.door = door;
    this.http = http;
  }

  /** So many visitors come, over so long. */
  void come(int visitors, long overMillis) {
    present.addAndGet(visitors);
    for (int i = 0; i < visitors; i++) {
      Visitor visitor = new Visitor(came++, this);
      later(overMillis * i / visitors, visitor::come);
    }
  }

  /** Whoever is inside, or comes in, leaves after a few pages. */
  void letGo() {
    letGo = true;
  }

  boolean isLetGo() {
    return letGo;
  }

  int present() {
    return present.get();
  }

  void gone(Visitor visitor) {
    present.decrementAndGet();
  }

  void later(long millis, Runnable task) {
    if (!thread.isShutdown()) {
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, thread).execute(task);
    }
  }

  History history() {
    synchronized (history) {
      return new History(List.copyOf(history));
    }
  }

  void ask(Visitor visitor, Ask ask) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(door + path(ask)))
            .timeout(PATIENCE)
            .header("Accept", "application/json");
    String token = visitor.token();
    if (token != null) {
      request.header(visitor.header(), token);
    }
    if (!isSafe(ask)) {
      request.POST(BodyPublishers.noBody());
    }
    long askedAt = System.currentTimeMillis();
    var unused =
        client
            .sendAsync(request.build(), BodyHandlers.ofString())
            .whenComplete(
                (answer, error) ->
                    later(0, () -> got(visitor, ask, askedAt, new Got(answer, error))));
  }

  private void got(Visitor visitor, Ask ask, long askedAt, Got got) {
    if (isSafe(ask) && String.valueOf(got.error()).contains(CLOSED_MEANWHILE)) {
      closedMeanwhile.incrementAndGet();
      ask(visitor, ask);
    } else {
      visitor.told(keep(visitor, ask, askedAt, got));
    }
  }

  private static boolean isSafe(Ask ask) {
    return ask == Ask.POLL || ask == Ask.BROWSE;
  }

  /** Safe requests sent once more because an idle connection was closed as they were sent. */
  int closedMeanwhile() {
    return closedMeanwhile.get();
  }

  /** Either an answer or an error. */
  private record Got(@Nullable HttpResponse<String> answer, @Nullable Throwable error) {}

  private Told keep(Visitor visitor, Ask ask, long askedAt, Got got) {
    Told told = told(visitor, ask, askedAt, got);
    synchronized (history) {
      history.add(told);
    }
    return told;
  }

  private Told told(Visitor visitor, Ask ask, long askedAt, Got got) {
    long now = System.currentTimeMillis();
    HttpResponse<String> answer = got.answer();
    if (answer == null) {
      String why = String.valueOf(got.error());
      return new Told(visitor.number(), ask, askedAt, now, 0, "", -1, null, null, why);
    }
    String ticket = header(answer, "Usher-Ticket");
    visitor.given(ticket, header(answer, "Usher-Pass"));
    boolean isJson = String.valueOf(header(answer, "Content-Type")).contains("json");
    JsonNode json = isJson ? http.parse(answer.body()) : MissingNode.getInstance();
    return new Told(
        visitor.number(),
        ask,
        askedAt,
        now,
        answer.statusCode(),
        state(answer, json),
        retryAfter(answer, json),
        ticket == null ? null : tokens.place(ticket),
        served(answer),
        null);
  }

  private static String state(HttpResponse<String> answer, JsonNode json) {
    if ("admitted".equals(header(answer, "Usher-State"))) {
      return "admitted";
    }
    return NOT_JOINED.equals(json.path("type").asText())
        ? "none"
        : json.path("state").asText("").toLowerCase(java.util.Locale.ROOT);
  }

  private static double retryAfter(HttpResponse<String> answer, JsonNode json) {
    String header = header(answer, "Retry-After");
    double told = json.path("retryAfterSeconds").asDouble(-1);
    return told >= 0 || header == null ? told : Double.parseDouble(header);
  }

  private static @Nullable Served served(HttpResponse<String> answer) {
    String pod = header(answer, ShopPod.POD);
    String cameAt = header(answer, ShopPod.CAME);
    String inFlight = header(answer, ShopPod.IN_FLIGHT);
    return pod == null || cameAt == null || inFlight == null
        ? null
        : new Served(pod, Long.parseLong(cameAt), Integer.parseInt(inFlight));
  }

  private static @Nullable String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  private static String path(Ask ask) {
    return switch (ask) {
      case JOIN -> "/_usher/join?room=concert";
      case POLL -> "/_usher/place?room=concert";
      case CLAIM -> "/_usher/claim?room=concert";
      case LEAVE -> "/_usher/leave?room=concert";
      case BROWSE -> "/seats";
    };
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
