package dev.usher.store.redis.link;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** One pipelined connection to one server, which is not made again when it is lost. */
final class Connection {
  private final Address at;
  private final Redis client;
  private final RedisConnection connection;
  private Runnable whenLost = () -> {};
  private boolean lost;
  private int pending;

  Connection(Address at, Redis client, RedisConnection connection) {
    this.at = at;
    this.client = client;
    this.connection = connection;
    connection.exceptionHandler(e -> lose());
    connection.endHandler(v -> lose());
  }

  Address at() {
    return at;
  }

  /** Commands reach the server in the order in which they are sent. */
  Future<Response> send(Request request) {
    pending++;
    return connection.send(request).andThen(any -> pending--);
  }

  /** Commands without an answer yet. */
  int pending() {
    return pending;
  }

  /** Runs this once, at once when the connection is lost already. */
  void whenLost(Runnable run) {
    whenLost = run;
    if (lost) {
      run.run();
    }
  }

  private void lose() {
    if (!lost) {
      lost = true;
      whenLost.run();
    }
  }

  boolean isLost() {
    return lost;
  }

  Future<Void> close() {
    return client.close();
  }
}
