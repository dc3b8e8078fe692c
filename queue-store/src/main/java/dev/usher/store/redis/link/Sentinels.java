package dev.usher.store.redis.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the sentinels which server is the master, and asks again each second: a master that was cut
 * off from them may go on answering long after another took over.
 */
final class Sentinels implements MasterLocator {
  private static final long ASK_EVERY_MS = 1_000;

  private final Vertx vertx;
  private final ConnectionFactory connections;
  private final RedisServers.Sentinel options;
  private final long timeoutMs;
  private final List<Address> sentinels;
  private final Map<Address, Future<Connection>> open = new HashMap<>();
  private Consumer<Address> hear = moved -> {};
  private long timer = -1;
  private boolean closed;

  Sentinels(
      Vertx vertx, ConnectionFactory connections, RedisServers.Sentinel options, long timeoutMs) {
    this.vertx = vertx;
    this.connections = connections;
    this.options = options;
    this.timeoutMs = timeoutMs;
    this.sentinels = options.urls().stream().map(Address::of).toList();
  }

  @Override
  public void whenMoved(Consumer<Address> run) {
    hear = run;
    timer = vertx.setPeriodic(ASK_EVERY_MS, id -> vote().onSuccess(this::tell));
  }

  private void tell(Vote vote) {
    // A sentinel alone may be the one that was cut off.
    Address master = vote.most();
    if (vote.isMajority() && master != null && !closed) {
      hear.accept(master);
    }
  }

  @Override
  public Future<Address> find(String tag) {
    return vote()
        .map(
            vote -> {
              Address master = vote.most();
              if (master == null) {
                throw vote.noMaster();
              }
              return master;
            });
  }

  private Future<Vote> vote() {
    Vote vote = new Vote(sentinels.size(), options.master());
    for (Address sentinel : sentinels) {
      ask(sentinel)
          .onComplete(
              answer -> vote.count(sentinel.spokenTo(options.secure()), answer), vote::failed);
    }
    return vote.done.future();
  }

  private Future<Response> ask(Address sentinel) {
    Future<Connection> connection = open.computeIfAbsent(sentinel, this::connect);
    return connection
        .compose(
            w ->
                w.send(
                    Request.cmd(Command.SENTINEL)
                        .arg("get-master-addr-by-name")
                        .arg(options.master())))
        .timeout(timeoutMs, TimeUnit.MILLISECONDS)
        .recover(e -> Future.failedFuture(connection.succeeded() ? e : unanswered(e)))
        .onFailure(e -> forget(sentinel, connection));
  }

  /** A sentinel without TLS waits for the end of a line that never comes. */
  private Throwable unanswered(Throwable why) {
    return why instanceof TimeoutException && RedisUrl.secure(options.urls().get(0))
        ? new StoreTroubleException(TlsTrouble.unanswered(timeoutMs, options))
        : why;
  }

  private Future<Connection> connect(Address sentinel) {
    Future<Connection> connection = connections.openSentinel(sentinel, options);
    // This one only: a newer one may have taken its place.
    connection.onSuccess(w -> w.whenLost(() -> open.remove(sentinel, connection)));
    return connection;
  }

  private void forget(Address sentinel, Future<Connection> connection) {
    open.remove(sentinel, connection);
    connection.onSuccess(Connection::close);
  }

  @Override
  public void close() {
    closed = true;
    vertx.cancelTimer(timer);
    open.values().forEach(connection -> connection.onSuccess(Connection::close));
  }

  /** What the sentinels say, done as soon as most of them agree. */
  private static final class Vote {
    private final Promise<Vote> done = Promise.promise();
    private final Map<Address, Integer> votes = new HashMap<>();
    private final int all;
    private final String name;
    private int heard;
    private int answered;
    private @Nullable Throwable cause;

    Vote(int all, String name) {
      this.all = all;
      this.name = name;
    }

    /**
     * Counts host and port; an answer of nothing when the name is unknown.
     *
     * @param asTheirs the sentinel, as if it were spoken to like its servers
     */
    void count(Address asTheirs, @Nullable Response said) {
      answered++;
      if (said != null) {
        int port = Integer.parseInt(said.get(1).toString());
        votes.merge(asTheirs.other(said.get(0).toString(), port), 1, Integer::sum);
      }
      next();
    }

    void failed(Throwable why) {
      cause = why;
      next();
    }

    private void next() {
      heard++;
      if (heard == all || isMajority()) {
        done.tryComplete(this);
      }
    }

    boolean isMajority() {
      return votes.values().stream().anyMatch(count -> 2 * count > all);
    }

    @Nullable Address most() {
      return votes.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse(null);
    }

    StoreTroubleException noMaster() {
      if (answered > 0) {
        return new StoreTroubleException(
            StoreTrouble.Kind.NO_MASTER, "The sentinels know no master named " + name);
      }
      StoreTrouble last = StoreTrouble.of(cause == null ? new IllegalStateException() : cause);
      return new StoreTroubleException(
          new StoreTrouble(last.kind(), "No sentinel answered: " + cause, last.fix()));
    }
  }
}
