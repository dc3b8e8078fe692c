package dev.usher.faults;

import dev.usher.faults.ReplicaProcess.Ports;
import dev.usher.faults.Told.Answer;
import dev.usher.faults.Told.Ask;
import dev.usher.faults.Told.State;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All visitors of one run, on one event loop, and how they ask the replicas. */
final class Crowd {
  /** Sockets to one replica: with three or four of them, below 6,000 in all. */
  private static final int SOCKETS = 1500;

  /** A load balancer, or the visitor, tries another replica then. */
  private static final long PATIENCE_MILLIS = 3000;

  /** Who does not get through is told so by whoever stands before Usher. */
  private static final long CUT_OFF_MILLIS = 500;

  /** Shorter than the gateway's idle time, or a request meets the end of its connection. */
  private static final int KEPT_SECONDS = 45;

  private static final String NOT_JOINED = "/problems/not-joined";

  private final History history;
  private final List<ReplicaProcess> replicas;
  private final Street street;
  private final Context loop;
  private final HttpClient client;
  private final Tokens tokens = new Tokens();
  private final AtomicInteger present = new AtomicInteger();
  private volatile boolean over;

  Crowd(Vertx vertx, History history, List<ReplicaProcess> replicas, Street street) {
    this.history = history;
    this.street = street;
    this.replicas = replicas;
    this.loop = vertx.getOrCreateContext();
    this.client =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions().setConnectTimeout(1000).setKeepAliveTimeout(KEPT_SECONDS))
            .with(new PoolOptions().setHttp1MaxSize(SOCKETS))
            // Connections to a replica that dies break: whoever asked is told, nobody else need be.
            .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
            .build();
  }

  /** What is asked of whom, and what is shown: a ticket, a pass or nothing. */
  record Question(int visitor, Ask ask, int replica, String header, @Nullable String token) {}

  /** An answer, and the token that the visitor shall show from now on; null for the one it has. */
  record Reply(Answer answer, @Nullable String ticket, @Nullable String pass) {
    static final Reply NONE = new Reply(Answer.SILENCE, null, null);
  }

  /** Visitors come: each with habits of their own, drawn by chance. */
  void come(List<Habits> all, SplittableRandom chance) {
    present.addAndGet(all.size());
    for (int i = 0; i < all.size(); i++) {
      Witness witness = new Witness(i, this, all.get(i), chance.split());
      loop.runOnContext(go -> witness.come());
    }
  }

  /** How many have not gone. */
  int present() {
    return present.get();
  }

  void gone() {
    present.decrementAndGet();
  }

  /** The run is over: nobody asks any more. */
  void end() {
    over = true;
  }

  History history() {
    return history;
  }

  Tokens tokens() {
    return tokens;
  }

  int replicas() {
    return replicas.size();
  }

  void later(long millis, Runnable task) {
    loop.owner()
        .setTimer(
            Math.max(1, millis),
            timer -> {
              if (!over) {
                task.run();
              }
            });
  }

  void ask(Question question, Consumer<Reply> then) {
    if (!street.isOpenTo(question.visitor())) {
      later(CUT_OFF_MILLIS, () -> then.accept(Reply.NONE));
      return;
    }
    Ports ports = replicas.get(question.replica()).ports();
    RequestOptions options =
        new RequestOptions()
            .setMethod(method(question.ask()))
            .setHost("127.0.0.1")
            .setPort(ports.visitors())
            .setURI(path(question.ask()))
            .putHeader("Accept", "application/json")
            .setTimeout(PATIENCE_MILLIS);
    if (question.token() != null) {
      options.putHeader(question.header(), question.token());
    }
    client
        .request(options)
        .compose(request -> request.send())
        .compose(response -> response.body().map(body -> reply(response, body)))
        .otherwise(Reply.NONE)
        .onSuccess(
            reply -> {
              if (!over) {
                then.accept(reply);
              }
            });
  }

  private static HttpMethod method(Ask ask) {
    return ask == Ask.POLL || ask == Ask.BROWSE ? HttpMethod.GET : HttpMethod.POST;
  }

  private static String path(Ask ask) {
    return switch (ask) {
      case JOIN -> "/_usher/join?room=" + Tokens.ROOM;
      case POLL -> "/_usher/place?room=" + Tokens.ROOM;
      case CLAIM -> "/_usher/claim?room=" + Tokens.ROOM;
      case LEAVE -> "/_usher/leave?room=" + Tokens.ROOM;
      case BROWSE -> "/api/seats";
    };
  }

  private static Reply reply(HttpClientResponse response, Buffer body) {
    String type = response.getHeader("Content-Type");
    JsonObject json =
        type != null && type.contains("json") ? body.toJsonObject() : new JsonObject();
    State state = State.UNTOLD;
    if ("admitted".equals(response.getHeader("Usher-State"))) {
      state = State.ADMITTED;
    } else if (json.containsKey("state")) {
      state = State.valueOf(json.getString("state").toUpperCase(Locale.ROOT));
    } else if (NOT_JOINED.equals(json.getString("type"))) {
      state = State.NONE;
    }
    Answer answer =
        new Answer(
            response.statusCode(),
            state,
            json.getLong("ahead", -1L),
            (long) (json.getDouble("retryAfterSeconds", 0.0) * 1000),
            json.getBoolean("paused", false));
    return new Reply(answer, response.getHeader("Usher-Ticket"), response.getHeader("Usher-Pass"));
  }
}
