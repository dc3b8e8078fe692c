package dev.usher.config;

import dev.usher.doorkeeper.LossReserve;
import dev.usher.edge.route.RoomRoute;
import dev.usher.ops.OpsOptions;
import dev.usher.page.Look;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.Scaling;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.room.RoomPolicy;
import dev.usher.sale.SaleEvent;
import dev.usher.server.ListenOptions;
import dev.usher.store.redis.link.RedisOptions;
import dev.usher.token.Keys;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checked configuration of a gateway: the options of each of its parts.
 *
 * @param listen where visitors come in
 * @param ops where operators come in
 * @param redis the shared store, or null for the one inside the process
 * @param keys the signing keys; null only for a store inside the process, which then takes a random
 *     one
 * @param upstreams the upstreams, at least one
 * @param rooms the rooms, at least one, each with an upstream of the list
 * @param defaultUpstream the upstream for requests outside every room, as written; null if left out
 * @param drain how long running requests may take to finish on a stop; idle connections are kept
 *     for a quarter of it
 * @param log how the log is written
 * @param warnings what is allowed but probably not meant, a sentence each
 */
public record GatewayConfig(
    ListenOptions listen,
    OpsOptions ops,
    @Nullable RedisOptions redis,
    @Nullable Keys keys,
    List<Upstream> upstreams,
    List<Room> rooms,
    @Nullable String defaultUpstream,
    Duration drain,
    Log log,
    List<String> warnings) {

  /** The events of the rooms of this upstream. */
  public List<SaleEvent> events(String upstream) {
    return rooms.stream()
        .filter(room -> room.route().upstream().equals(upstream))
        .flatMap(room -> room.policy().events().stream())
        .toList();
  }

  /**
   * How the log is written.
   *
   * @param json whether each line is a JSON object
   * @param level the lowest level written: error, warn, info or debug
   * @param access share of the visitors' requests that get a line, 0 to 1
   */
  public record Log(boolean json, String level, double access) {}

  /**
   * One upstream.
   *
   * @param options what its pods bear
   * @param kubernetes the Service whose pods they are; null if they are listed
   * @param proxy how requests are forwarded to them
   * @param loss the reserve kept for the loss of a replica or of the store
   * @param scaling how many pods may be asked for
   */
  public record Upstream(
      UpstreamOptions options,
      @Nullable KubernetesOptions kubernetes,
      ProxyOptions proxy,
      LossReserve loss,
      Scaling scaling) {
    /**
     * The settings as far as a running upstream can take them over: it keeps those by which
     * replicas work out each other's slots.
     */
    public Upstream asFarAsLive(Upstream running) {
      ProxyOptions changed =
          new ProxyOptions(
                  proxy.connectTimeout(),
                  running.proxy().requestTimeout(),
                  proxy.hold(),
                  proxy.podIdle(),
                  proxy.connectionsPerPod(),
                  proxy.outside())
              .knowing(proxy.podTls());
      return new Upstream(options, kubernetes, changed, running.loss(), scaling);
    }
  }

  /** One room: how it treats its visitors, which requests it guards, and how its page looks. */
  public record Room(RoomPolicy policy, RoomRoute route, Look look) {}
}
