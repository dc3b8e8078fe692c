package dev.usher.server;

import dev.usher.server.VisitorConnection.Owner;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts visitors' connections, and decides what happens when there are too many. Strangers may
 * have nine tenths of all. Beyond that, each new connection closes the one that has been idle
 * longest, a stranger's first; if none is idle, a new one may stay only if it shows a pass. At the
 * limit itself, an idle connection of a visitor inside makes room, too, and in the end one of a
 * trusted proxy, which may lose a request by that; if none is idle even then, the new connection is
 * turned away. So visitors inside get in, however many connections strangers hold.
 */
public final class Connections {
  /** In IPv6, a /56 is to one household what a single address is in IPv4. */
  private static final int IPV6_BYTES = 7;

  /** Connections of the owners named first are closed first. */
  private static final List<Owner> OWNERS = List.of(Owner.values());

  private final ListenOptions listen;
  private final RefusedRequests refused;
  private final int strangersMax;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Object, Integer> byAddress = new ConcurrentHashMap<>();
  private final List<IdleConnections> loops = new CopyOnWriteArrayList<>();

  /**
   * @param refused answers requests that are too many
   */
  Connections(ListenOptions listen, RefusedRequests refused) {
    this.listen = listen;
    this.refused = refused;
    int most = listen.limits().connections();
    this.strangersMax = most - most / 10;
  }

  int open() {
    return open.get();
  }

  /** The idle connections of the calling event loop. */
  IdleConnections loop(Vertx vertx) {
    Context context = vertx.getOrCreateContext();
    IdleConnections loop =
        new IdleConnections(
            task -> context.runOnContext(v -> task.run()),
            listen.limits().idle(),
            listen.limits().trustedIdle());
    loops.add(loop);
    vertx.setPeriodic(IdleConnections.TICK_MILLIS, tick -> loop.tick());
    return loop;
  }

  /**
   * Counts a new connection. Returns null for one too many, which is not counted.
   *
   * @param address the client's address, by the PROXY protocol if it is spoken
   */
  @Nullable VisitorConnection arrived(
      Channel channel, @Nullable InetAddress address, IdleConnections loop) {
    boolean proxy = listen.proxies().trust(address);
    Object from = proxy || address == null || address.isLoopbackAddress() ? null : block(address);
    if (from != null && byAddress.merge(from, 1, Integer::sum) > perAddress()) {
      left(from);
      return null;
    }
    int connections = open.incrementAndGet();
    boolean tooMany = connections > listen.limits().connections();
    boolean roomMade =
        connections > strangersMax && makeRoom(loop, tooMany ? Owner.PROXY : Owner.STRANGER);
    if (tooMany && !roomMade) {
      open.decrementAndGet();
      left(from);
      return null;
    }
    channel
        .closeFuture()
        .addListener(
            closed -> {
              open.decrementAndGet();
              left(from);
            });
    VisitorConnection visitor =
        new VisitorConnection(channel, loop, proxy ? Owner.PROXY : Owner.STRANGER, refused);
    if (connections > strangersMax && !roomMade) {
      visitor.putOnTrial();
    }
    visitor.rest();
    channel.closeFuture().addListener(closed -> visitor.gone());
    return visitor;
  }

  private int perAddress() {
    int most = listen.limits().connectionsPerAddress();
    return most == 0 ? Integer.MAX_VALUE : most;
  }

  private void left(@Nullable Object from) {
    if (from != null) {
      byAddress.computeIfPresent(from, (block, count) -> count == 1 ? null : count - 1);
    }
  }

  /** What an address counts as: in IPv6, its household or server, a /56. */
  public static Object block(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    long block = 0;
    for (int i = 0; i < IPV6_BYTES; i++) {
      block = (block << 8) | (bytes[i] & 0xFF);
    }
    return block;
  }

  /**
   * Closes an idle connection to make room for a new one: one of this event loop or, if it has
   * none, of another, because the order among the others is not known here. Owners after {@code
   * last} make no room.
   */
  private boolean makeRoom(IdleConnections own, Owner last) {
    for (Owner owner : OWNERS) {
      IdleConnections from = owner.compareTo(last) <= 0 ? withIdle(own, owner) : null;
      if (from != null) {
        from.closeLongest(last);
        return true;
      }
    }
    return false;
  }

  private @Nullable IdleConnections withIdle(IdleConnections own, Owner owner) {
    IdleConnections found = own.has(owner) ? own : null;
    for (int i = 0; found == null && i < loops.size(); i++) {
      found = loops.get(i).has(owner) ? loops.get(i) : null;
    }
    return found;
  }
}
