package dev.usher.edge.share;

import dev.usher.edge.route.RoomRoute;
import dev.usher.http.Cidr;
import dev.usher.room.Decision;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast visitors may join a room from one address, and from one network. On the path of every
 * arrival: takes no lock, and remembers nobody.
 */
public final class JoinLimits {
  private final JoinRate byAddress;
  private final JoinRate byNetwork;
  private final List<Cidr> unlimitedFrom;

  public JoinLimits(RoomRoute.Joins joins) {
    this.byAddress = new JoinRate(joins.perAddress(), JoinRate.Block.ADDRESS);
    this.byNetwork = new JoinRate(joins.perNetwork(), JoinRate.Block.NETWORK);
    this.unlimitedFrom = joins.unlimitedFrom();
  }

  /**
   * Counts one more visitor who wants to join.
   *
   * @param now milliseconds since 1970
   * @return why they have to wait a moment; null if they may join
   */
  public Decision.@Nullable Why refuse(InetAddress address, long now) {
    if (isUnlimited(address)) {
      return null;
    }
    // In this order: of what its network may, a flood from one address takes no more than one
    // address may, and its neighbours join.
    if (!byAddress.admits(address, now)) {
      return Decision.Why.TOO_MANY_JOIN;
    }
    return address.isLoopbackAddress() || byNetwork.admits(address, now)
        ? null
        : Decision.Why.TOO_MANY_OF_NETWORK;
  }

  private boolean isUnlimited(InetAddress address) {
    for (int i = 0; i < unlimitedFrom.size(); i++) {
      if (unlimitedFrom.get(i).contains(address)) {
        return true;
      }
    }
    return false;
  }
}
