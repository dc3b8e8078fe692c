package dev.usher.store.redis.link;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The link to Redis, which comes back by itself. On a cluster each upstream has a way of its own: a
 * lost shard hurts no upstream of another. All state belongs to one event loop, so that scripts
 * reach Redis in the order in which they were asked for.
 */
public final class RedisLink {
  private final Vertx vertx;
  private final Context context;
  private final RedisOptions options;
  private final Random chance;
  private final ConnectionFactory connections;
  private final MasterLocator locator;
  private final Map<String, UpstreamChannel> channels = new HashMap<>();
  private final ExpectedTime expected = new ExpectedTime(System::nanoTime);

  /**
   * A link that connects when first asked.
   *
   * @param replica this replica's name: replicas that lost the store together wait differently long
   */
  public RedisLink(Vertx vertx, RedisOptions options, String replica) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.options = options;
    this.chance = new Random(replica.hashCode());
    this.connections = new ConnectionFactory(vertx, options);
    this.locator = locator();
    context.runOnContext(v -> locator.whenMoved(to -> channels.values().forEach(r -> r.moved(to))));
  }

  RedisLink(Vertx vertx, RedisOptions options) {
    this(vertx, options, "");
  }

  private MasterLocator locator() {
    RedisServers servers = options.servers();
    if (servers instanceof RedisServers.Sentinel sentinel) {
      return new Sentinels(vertx, connections, sentinel, options.commandTimeout().toMillis());
    }
    if (servers instanceof RedisServers.Cluster cluster) {
      return new ClusterNodes(connections, cluster, chance);
    }
    Address only = Address.of(servers.urls().get(0));
    return tag -> Future.succeededFuture(only);
  }

  /**
   * Runs a script, by its upstream's clock. Fails with {@code StoreUnavailableException} and with
   * nothing else.
   */
  public Future<ScriptReply> run(Script script, List<String> keys, List<?> arguments) {
    Promise<ScriptReply> answer = Promise.promise();
    String clock = ExpectedTime.clock(keys.get(0));
    List<String> allKeys = new ArrayList<>(keys);
    allKeys.add(clock);
    Call.Asked asked = new Call.Asked(script, allKeys, arguments, () -> expected.of(clock));
    Call call = new Call(options.toString(), asked, answer);
    context.runOnContext(v -> route(keys.get(0)).ask(call));
    return answer.future();
  }

  /** What {@link #hear} is to be told of when something was asked. */
  public long nanos() {
    return expected.nanos();
  }

  /** The clock of this key's upstream told the time, and was asked for it at {@link #nanos()}. */
  public void hear(String key, long time, long askedAt) {
    expected.hear(ExpectedTime.clock(key), time, askedAt);
  }

  private UpstreamChannel route(String key) {
    String tag = options.servers() instanceof RedisServers.Cluster ? ClusterSlot.tag(key) : "";
    return channels.computeIfAbsent(
        tag, t -> new UpstreamChannel(vertx, connections, locator, options, t, chance));
  }

  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(
        v -> {
          locator.close();
          Future.join(channels.values().stream().map(UpstreamChannel::close).toList())
              .<Void>mapEmpty()
              .onComplete(closed);
        });
    return closed.future();
  }
}
