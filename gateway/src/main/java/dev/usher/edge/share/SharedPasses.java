package dev.usher.edge.share;

import dev.usher.http.OnceAMinute;
import dev.usher.room.Decision;
import dev.usher.room.Room;
import dev.usher.room.Sightings;
import dev.usher.store.Place;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes of one room that are used from many networks at once: given away, sold or stolen. They are
 * counted and logged, and refused if the room is configured to.
 */
public final class SharedPasses {
  private static final Logger LOG = LoggerFactory.getLogger(SharedPasses.class);

  /** The prefix of an IPv6 address that counts: as much as one household or one server is given. */
  private static final int IPV6_PREFIX_BYTES = 7;

  private final Room room;
  private final boolean refuses;
  private final OnceAMinute due = new OnceAMinute();

  /**
   * @param refuses whether requests from the fifth network on are refused
   */
  public SharedPasses(Room room, boolean refuses) {
    this.room = room;
    this.refuses = refuses;
  }

  /**
   * Notes a request of an admitted visitor. Returns whether it is refused because too many share
   * the pass.
   *
   * @param claims whether the visitor had a ticket until now
   * @param from the visitor's address; null if a trusted proxy does not tell it
   */
  public boolean refuse(
      Decision.Admit admitted, boolean claims, @Nullable InetAddress from, long now) {
    Sightings seen = room.counters().sightings();
    Place place = admitted.pass().place();
    boolean oneTicket = !claims || seen.claim(place, now);
    boolean fewNetworks = from == null || seen.see(place, network(from), now);
    if (!(oneTicket && fewNetworks) && due.isDue()) {
      tell(place, fewNetworks ? "claimed" : "used");
    }
    return refuses && !fewNetworks;
  }

  private void tell(Place place, String how) {
    LOG.atWarn()
        .addKeyValue("upstream", room.policy().queue().upstream())
        .addKeyValue("room", place.room())
        .addKeyValue("session", place.epoch() + "." + place.lane() + "." + place.number())
        .addKeyValue("how", how)
        .addKeyValue("sessions", room.counters().sightings().sessions())
        .addKeyValue("refused", refuses)
        .addKeyValue(
            "fix",
            (refuses
                    ? ""
                    : "if visitors share passes, set rooms."
                        + place.room()
                        + ".session.networks: refuse; ")
                + "if they come through proxies of yours, name those in listen.trustedProxies")
        .log("pass_shared");
  }

  /** The network of an address: of IPv4 its /24, of IPv6 its /56, as a number. */
  static int network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.hashCode() >>> 8; // the address itself, without a copy of its bytes
    }
    byte[] bytes = address.getAddress();
    int hash = 0;
    for (int i = 0; i < IPV6_PREFIX_BYTES; i++) {
      hash = (hash ^ bytes[i]) * 0x01000193;
      hash ^= hash >>> 15;
    }
    return hash | 0x8000_0000; // never that of an IPv4 network
  }
}
