package dev.usher.proxy.turn;

import dev.usher.proxy.connection.OutsideOptions;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.server.Connections;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses from which requests to one upstream come, over all event loops: what each of them
 * may have on its way outside the rooms, and whether one carries so much that it must be a proxy
 * that nobody configured.
 */
public final class Addresses {
  private static final Logger LOG = LoggerFactory.getLogger(Addresses.class);

  /**
   * Enough for a hundred subscribers of one carrier with ten requests each, and no more than memory
   * bears.
   */
  private static final int WAITING_MAX = 1024;

  /** Fewer requests in a minute may well be one person's. */
  private static final long REQUESTS_MIN = 300;

  private static final double SHARE = 1.0 / 3;

  /** Counts of an event loop older than this do not belong to the last minute. */
  private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(75);

  private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

  private final String upstream;
  private final Turns turns = new Turns(WAITING_MAX, ProxyError.TOO_MANY_FROM_ADDRESS);
  private final Turns together = new Turns(WAITING_MAX, ProxyError.TOO_MANY_STRANGERS);
  private final Map<Object, Told> told = new HashMap<>();
  private @Nullable Long warned;

  private record Told(AddressCount.Seen seen, long at) {}

  /**
   * Requests that go on into a room without a session, so that no limit on sessions bounds them.
   */
  public enum Nobodys {
    /** A browser's question before a call from a page of another host. */
    PREFLIGHT,
    /** A look, a prefetch, a part of a page or a robot's request, while the room is free. */
    WHILE_FREE
  }

  private record OfAddress(Object address, Nobodys what) {}

  /**
   * An address that carries much of the traffic.
   *
   * @param share its share of all requests of the minute
   */
  public record Heavy(String address, double share) {}

  /**
   * @param upstream the upstream's name
   */
  public Addresses(String upstream) {
    this.upstream = upstream;
  }

  /** The turn of a request outside the rooms; null for one that is not limited. */
  @Nullable
  public Turn turn(InetAddress address, OutsideOptions options) {
    return options.bind(address)
        ? new Turn(turns, Connections.block(address), options::most)
        : null;
  }

  /**
   * The turn of a request without a session: first among those of its address, then among all of
   * its kind, which have a tenth of the slots together, or many addresses would have what one is
   * denied. Null for one that is not limited: a listed address asks on its own behalf, as a load
   * balancer does.
   */
  @Nullable
  public Turn turn(InetAddress address, Nobodys what, OutsideOptions options) {
    if (options.isListed(address)) {
      return null;
    }
    Turn all = Turn.ofAll(together, what);
    return options.bind(address)
        ? new Turn(
                turns,
                new OfAddress(Connections.block(address), what),
                slots -> Math.min(options.most(slots), Turn.tenth(slots) / 2))
            .before(all)
        : all;
  }

  /** Addresses with a limited request on its way, plus kinds of requests without a session. */
  int underway() {
    return turns.visitors() + together.visitors();
  }

  /**
   * Takes in what an event loop counted in a minute.
   *
   * @param nanos the time now
   * @return the address that sent more than a third, if there is one and it is not listed
   */
  synchronized @Nullable public Heavy tell(
      Object loop, AddressCount.Seen seen, OutsideOptions options, long nanos) {
    told.put(loop, new Told(seen, nanos));
    told.values().removeIf(one -> nanos - one.at() > OLD_NANOS);
    Heavy heavy = heavy(options);
    if (heavy != null && (warned == null || nanos - warned >= HOUR_NANOS)) {
      warned = nanos;
      LOG.atWarn()
          .addKeyValue("upstream", upstream)
          .addKeyValue("address", heavy.address())
          .addKeyValue("share", Math.round(heavy.share() * 100) / 100.0)
          .addKeyValue(
              "fix",
              "if it is a proxy of yours, name it in listen.trustedProxies; if many come from"
                  + " there, in upstreams."
                  + upstream
                  + ".outside.unlimitedFrom")
          .log("address_carries_much");
    }
    return heavy;
  }

  private @Nullable Heavy heavy(OutsideOptions options) {
    long all = told.values().stream().mapToLong(one -> one.seen().all()).sum();
    if (all < REQUESTS_MIN) {
      return null;
    }
    for (String address : named()) {
      long own = told.values().stream().mapToLong(one -> one.seen().from(address)).sum();
      InetAddress inet = NetUtil.createInetAddressFromIpAddressString(address);
      if (own > all * SHARE && inet != null && options.isStranger(inet)) {
        return new Heavy(address, (double) own / all);
      }
    }
    return null;
  }

  private Set<String> named() {
    Set<String> named = new HashSet<>();
    for (Told one : told.values()) {
      named.addAll(one.seen().counts().keySet());
    }
    return named;
  }
}
