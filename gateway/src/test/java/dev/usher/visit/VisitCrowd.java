package dev.usher.visit;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A crowd of visitors, all on one event loop, and how they ask. */
public final class VisitCrowd {
  /** Sockets to one door: with three or four of them, below 6,000 in all. */
  private static final int SOCKETS = 1500;

  /** Whoever does not get through is told so by whatever stands before Usher. */
  private static final long CUT_OFF_MILLIS = 500;

  /** Shorter than the gateway's idle time, or a request meets the end of its connection. */
  private static final int KEPT_SECONDS = 45;

  private final Diary diary;
  private final Site site;
  private final Manners manners;
  private final Context loop;
  private final HttpClient client;
  private final VisitTokens tokens;
  private final AtomicInteger present = new AtomicInteger();
  private final AtomicInteger resent = new AtomicInteger();
  private volatile boolean staying;
  private volatile boolean over;

  /** Makes a crowd of nobody yet, which writes into this diary. */
  public VisitCrowd(Vertx vertx, Diary diary, Site site, Manners manners) {
    this.diary = diary;
    this.site = site;
    this.manners = manners;
    this.tokens = new VisitTokens(manners.room());
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

  /** What is asked at which door, and what is shown: a ticket, a pass or nothing. */
  record Question(int visitor, Ask ask, int door, String header, @Nullable String token) {}

  /** An answer, and the token that the visitor shall show next; null for the one it has. */
  record Reply(VisitAnswer answer, @Nullable String ticket, @Nullable String pass) {
    static Reply none(Throwable why) {
      return new Reply(VisitAnswer.silence(why), null, null);
    }
  }

  /** Visitors come: each with habits of their own. */
  public void come(List<Habits> all, SplittableRandom chance) {
    present.addAndGet(all.size());
    for (int i = 0; i < all.size(); i++) {
      HttpVisitor visitor = new HttpVisitor(i, this, all.get(i), chance.split());
      loop.runOnContext(go -> visitor.come());
    }
  }

  /** Whether those inside stay there, whatever their habits. */
  public void stay(boolean inside) {
    staying = inside;
  }

  boolean isStaying() {
    return staying;
  }

  /** How many have not gone. */
  public int present() {
    return present.get();
  }

  /** How many safe requests were sent once more. */
  public int resent() {
    return resent.get();
  }

  void gone() {
    present.decrementAndGet();
  }

  /** The play is over: nobody asks any more. */
  public void end() {
    over = true;
  }

  Diary diary() {
    return diary;
  }

  VisitTokens tokens() {
    return tokens;
  }

  int doors() {
    return site.doors();
  }

  Manners manners() {
    return manners;
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
    if (!site.isOpenTo(question.visitor())) {
      Throwable cut = new IllegalStateException("no way to Usher");
      later(CUT_OFF_MILLIS, () -> then.accept(Reply.none(cut)));
      return;
    }
    send(question, manners.resends() && question.ask().isSafe(), then);
  }

  private void send(Question question, boolean mayResend, Consumer<Reply> then) {
    client
        .request(options(question))
        .compose(request -> request.send())
        .compose(response -> response.body().map(body -> reply(response, body)))
        .onComplete(
            asked -> {
              if (over) {
                return;
              }
              if (mayResend && asked.cause() instanceof HttpClosedException) {
                resent.incrementAndGet();
                send(question, false, then);
              } else {
                then.accept(asked.succeeded() ? asked.result() : Reply.none(asked.cause()));
              }
            });
  }

  private RequestOptions options(Question question) {
    Ask ask = question.ask();
    SocketAddress door = site.door(question.door());
    RequestOptions options =
        new RequestOptions()
            .setMethod(ask.isSafe() ? HttpMethod.GET : HttpMethod.POST)
            .setHost(door.host())
            .setPort(door.port())
            .setURI(ask.path(manners))
            .putHeader("Accept", "application/json")
            .setTimeout(manners.patience().toMillis());
    // Whoever has none yet says so in the header, and gets it there.
    return options.putHeader(
        question.header(), question.token() == null ? "none" : question.token());
  }

  private Reply reply(HttpClientResponse response, Buffer body) {
    String type = response.getHeader("Content-Type");
    JsonObject json =
        type != null && type.contains("json") ? body.toJsonObject() : new JsonObject();
    VisitAnswer answer =
        VisitAnswer.of(
            response.statusCode(), response.headers(), json, site.served(response.headers()));
    return new Reply(answer, response.getHeader("Usher-Ticket"), response.getHeader("Usher-Pass"));
  }
}
