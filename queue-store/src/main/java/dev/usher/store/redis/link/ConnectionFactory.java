package dev.usher.store.redis.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections, and looks at a server before it is used. */
final class ConnectionFactory {
  private static final Logger log = LoggerFactory.getLogger(ConnectionFactory.class);

  /** Commands on their way at once; beyond it Redis is too slow and the caller hears so. */
  static final int PENDING_MAX = 4096;

  private final Vertx vertx;
  private final RedisOptions options;

  ConnectionFactory(Vertx vertx, RedisOptions options) {
    this.vertx = vertx;
    this.options = options;
  }

  /** A connection to a master that may be used. */
  Future<Connection> openMaster(Address at) {
    return named(ready(at, open(at).compose(this::checked)));
  }

  /** A connection to a server of the set, whatever its role. */
  Future<Connection> openAny(Address at) {
    return named(ready(at, open(at)));
  }

  Future<Connection> openSentinel(Address at, RedisServers.Sentinel sentinel) {
    Path own = sentinel.caFile();
    Login login =
        new Login(sentinel.user(), sentinel.password(), own == null ? options.caFile() : own);
    return ready(at, open(at, at.toString(), login))
        .recover(e -> Future.failedFuture(TlsTrouble.ofSentinel(e)));
  }

  /** What is wrong is said of a server that no URL names. */
  private Future<Connection> named(Future<Connection> connection) {
    return options.servers() instanceof RedisServers.Sentinel
        ? connection.recover(e -> Future.failedFuture(TlsTrouble.ofNamed(e)))
        : connection;
  }

  private Future<Connection> ready(Address at, Future<Connection> connection) {
    // One that comes too late is of no use to anybody.
    Future<Connection> made =
        inTime(connection).onFailure(e -> connection.onSuccess(Connection::close));
    // A server that speaks no TLS waits for the end of a line that never comes.
    return at.secure()
        ? made.recover(e -> Future.failedFuture(e instanceof TimeoutException ? unanswered() : e))
        : made;
  }

  /**
   * What it means that no answer came.
   *
   * @param connecting whether there was no connection yet that it could have come by
   */
  StoreTrouble late(long millis, boolean connecting) {
    return connecting && TlsTrouble.mayBe(options.servers())
        ? TlsTrouble.unanswered(millis, options.servers())
        : new StoreTrouble(StoreTrouble.Kind.TIMED_OUT, "No answer within " + millis + " ms");
  }

  private Throwable unanswered() {
    return new StoreTroubleException(TlsTrouble.unanswered(options.connectTimeout().toMillis()));
  }

  /** Not left to the client: its own time-out ends with the TCP connection. */
  <T> Future<T> inTime(Future<T> what) {
    return what.timeout(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Where to connect to, if that is found in time; else what it means that nobody said it. */
  Future<Address> found(Future<Address> where) {
    return inTime(where)
        .recover(e -> Future.failedFuture(e instanceof TimeoutException ? unsaid() : e));
  }

  private Throwable unsaid() {
    return new StoreTroubleException(late(options.connectTimeout().toMillis(), true));
  }

  private Future<Connection> open(Address at) {
    // The URL of a single server may hold a password and a database.
    String url =
        options.servers() instanceof RedisServers.Single single
            ? single.url().toString()
            : at.toString();
    return open(at, url, new Login(options.user(), options.password(), options.caFile()));
  }

  /** How one shows who one is, and by what one knows the other. */
  private record Login(@Nullable String user, @Nullable String password, @Nullable Path caFile) {}

  private Future<Connection> open(Address at, String url, Login login) {
    io.vertx.redis.client.RedisOptions client =
        new io.vertx.redis.client.RedisOptions()
            .setConnectionString(url)
            .setMaxWaitingHandlers(PENDING_MAX)
            .setMaxPoolSize(1)
            .setMaxPoolWaiting(1)
            .setNetClientOptions(socket(login.caFile()));
    if (login.user() != null) {
      client.setUser(login.user());
    }
    if (login.password() != null) {
      client.setPassword(login.password());
    }
    // A client of its own for each: the pool of an old one would give the lost connection again.
    Redis redis = Redis.createClient(vertx, client);
    boolean plain = !url.startsWith("rediss:");
    return redis
        .connect()
        .map(connection -> new Connection(at, redis, connection))
        .onFailure(e -> redis.close())
        .recover(e -> Future.failedFuture(plain && isCutOff(e) ? unasked() : e));
  }

  /** Whether the connection was made, and ended before a word of Redis was said by it. */
  private static boolean isCutOff(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    return said.startsWith("CONNECTION_CLOSED")
        || said.startsWith("Connection was closed")
        || said.startsWith("Connection reset");
  }

  private static Throwable unasked() {
    return new StoreTroubleException(TlsTrouble.suspected());
  }

  private NetClientOptions socket(@Nullable Path caFile) {
    NetClientOptions socket =
        new NetClientOptions()
            .setTcpNoDelay(true)
            .setHostnameVerificationAlgorithm("HTTPS")
            .setConnectTimeout((int) options.connectTimeout().toMillis());
    if (caFile != null) {
      socket.setTrustOptions(new PemTrustOptions().addCertPath(caFile.toString()));
    }
    return socket;
  }

  private Future<Connection> checked(Connection connection) {
    Future<Void> cluster =
        options.servers() instanceof RedisServers.Cluster
            ? connection
                .send(Request.cmd(Command.CLUSTER).arg("INFO"))
                .map(answer -> checkCluster(answer.toString()))
            : Future.succeededFuture();
    return connection
        .send(Request.cmd(Command.INFO))
        .map(answer -> check(connection, new ServerInfo(answer.toString())))
        .compose(v -> cluster)
        .map(connection)
        .onFailure(e -> connection.close());
  }

  private static @Nullable Void checkCluster(String info) {
    if (info.contains("cluster_state:fail")) {
      throw new StoreTroubleException(
          StoreTrouble.Kind.CLUSTER_DOWN, "CLUSTERDOWN: cluster_state is fail");
    }
    return null;
  }

  private static @Nullable Void check(Connection connection, ServerInfo info) {
    info.check();
    if (info.isTooOld()) {
      log.atError()
          .addKeyValue("store", connection.at())
          .addKeyValue("version", info.version())
          .addKeyValue("fix", "run Redis 7.0 or newer, or Valkey")
          .log("store_too_old");
    }
    if (info.mayEvict()) {
      log.atWarn()
          .addKeyValue("store", connection.at())
          .addKeyValue("policy", info.evicts())
          .addKeyValue("fix", "CONFIG SET maxmemory-policy noeviction")
          .log("store_may_evict");
    }
    return null;
  }
}
