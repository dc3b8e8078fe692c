package dev.usher;

import dev.usher.config.GatewayConfig;

/** The line that a gateway prints when it has started to listen. */
final class Announcement {
  private Announcement() {}

  /** The ports of visitors and of operators. */
  record Ports(int visitors, int operators) {}

  static String of(GatewayConfig config, Ports ports, Upstreams upstreams, RoomRegistry doors) {
    String scheme = config.listen().tls() == null ? "http" : "https";
    int ready = upstreams.all().stream().mapToInt(part -> part.pods().ready()).sum();
    int all = upstreams.all().stream().mapToInt(part -> part.pods().view().size()).sum();
    long capacity =
        upstreams.all().stream().mapToLong(part -> part.doorkeeper().admission().capacity()).sum();
    return "Usher listens on "
        + (scheme + "://" + config.listen().host() + ":" + ports.visitors())
        + (", ops on http://" + config.ops().host() + ":" + ports.operators())
        + ("; store " + (config.redis() == null ? "embedded" : config.redis()))
        + ("; pods " + ready + " of " + all + " ready, capacity " + capacity)
        + ("; rooms " + String.join(", ", doors.all().keySet()));
  }
}
