package dev.usher.store.redis;

import dev.usher.store.StoreUnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipelined connection to Redis that comes back by itself. All its state belongs to one event
 * loop, so that scripts reach Redis in the order in which they were asked for.
 */
final class RedisLink {
  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

  /** Scripts on their way at once; beyond it Redis is too slow and the caller hears so. */
  private static final int PENDING_MAX = 4096;

  private final Vertx vertx;
  private final Context context;
  private final RedisOptions options;
  private final io.vertx.redis.client.RedisOptions client;
  private Redis redis;
  private @Nullable Future<RedisConnection> connection;
  private boolean failing;

  RedisLink(Vertx vertx, RedisOptions options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.options = options;
    this.client =
        new io.vertx.redis.client.RedisOptions()
            .setConnectionString(options.url().toString())
            .setMaxWaitingHandlers(PENDING_MAX)
            .setMaxPoolSize(1)
            .setMaxPoolWaiting(1)
            .setNetClientOptions(socket(options));
    if (options.user() != null) {
      client.setUser(options.user());
    }
    if (options.password() != null) {
      client.setPassword(options.password());
    }
    this.redis = Redis.createClient(vertx, client);
  }

  private static NetClientOptions socket(RedisOptions options) {
    NetClientOptions socket =
        new NetClientOptions()
            .setTcpNoDelay(true)
            .setHostnameVerificationAlgorithm("HTTPS")
            .setConnectTimeout((int) options.connectTimeout().toMillis());
    if (options.caFile() != null) {
      socket.setTrustOptions(new PemTrustOptions().addCertPath(options.caFile().toString()));
    }
    return socket;
  }

  /** Runs a script. Fails with {@link StoreUnavailableException} and with nothing else. */
  Future<Answer> run(Script script, List<String> keys, List<?> arguments) {
    Promise<Answer> answer = Promise.promise();
    context.runOnContext(
        v -> {
          Future<RedisConnection> used = connected();
          used.compose(c -> evaluate(c, script, keys, arguments))
              .timeout(options.commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
              .onComplete(
                  response -> {
                    working();
                    answer.tryComplete(new Answer(response));
                  },
                  cause -> {
                    failed(used, script, cause);
                    answer.tryFail(
                        new StoreUnavailableException(
                            "Redis at "
                                + options
                                + " gave no answer to "
                                + script.name()
                                + ": "
                                + cause.getMessage(),
                            cause));
                  });
        });
    return answer.future();
  }

  Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(v -> redis.close().onComplete(closed));
    return closed.future();
  }

  private Future<RedisConnection> connected() {
    Future<RedisConnection> current = connection;
    if (current != null) {
      return current;
    }
    Promise<RedisConnection> fresh = Promise.promise();
    connection = fresh.future();
    redis
        .connect()
        .timeout(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            c -> {
              c.exceptionHandler(e -> forget(fresh.future()));
              c.endHandler(v -> forget(fresh.future()));
              fresh.complete(c);
            },
            cause -> {
              renew(fresh.future());
              fresh.fail(cause);
            });
    return fresh.future();
  }

  private void forget(Future<RedisConnection> gone) {
    if (connection == gone) {
      connection = null;
    }
  }

  /** Begins anew, with a client of its own: the pool of the old one would give the same again. */
  private void renew(Future<RedisConnection> gone) {
    if (connection == gone) {
      connection = null;
      Redis old = redis;
      redis = Redis.createClient(vertx, client);
      // Others may still be waiting for their answers there; each has its own time-out.
      vertx.setTimer(options.commandTimeout().toMillis(), id -> old.close());
    }
  }

  private static Future<Response> evaluate(
      RedisConnection c, Script script, List<String> keys, List<?> arguments) {
    return c.send(request(Command.EVALSHA, script.sha1(), keys, arguments))
        .recover(
            cause -> {
              // A restarted Redis, or SCRIPT FLUSH, knows no scripts.
              String message = cause.getMessage();
              return message != null && message.startsWith("NOSCRIPT")
                  ? c.send(request(Command.EVAL, script.text(), keys, arguments))
                  : Future.failedFuture(cause);
            });
  }

  private static Request request(
      Command command, String script, List<String> keys, List<?> arguments) {
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    for (Object argument : arguments) {
      if (argument instanceof byte[] bytes) {
        request.arg(bytes);
      } else {
        request.arg(argument.toString());
      }
    }
    return request;
  }

  private void working() {
    if (failing) {
      failing = false;
      log.atInfo().addKeyValue("store", options).log("store_back");
    }
  }

  private void failed(Future<RedisConnection> used, Script script, Throwable cause) {
    String message = cause.getMessage();
    // A connection that swallowed a script is not asked again, nor one to a server that has become
    // a replica: another one answers at the same address, or soon will.
    if (used.succeeded()
        && (cause instanceof TimeoutException
            || (message != null && message.startsWith("READONLY")))) {
      renew(used);
    }
    if (!failing) {
      failing = true;
      log.atWarn()
          .addKeyValue("store", options)
          .addKeyValue("script", script.name())
          .addKeyValue("cause", cause.toString())
          .log("store_unavailable");
    }
  }
}
