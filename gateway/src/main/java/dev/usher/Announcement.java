package dev.usher;

import dev.usher.config.GatewayConfig;
import dev.usher.ops.Running;
import java.util.List;

/** The line that a gateway prints when it has started to listen. */
final class Announcement {
  private Announcement() {}

  /** The ports of visitors and of operators. */
  record Ports(int visitors, int operators) {}

  static String of(GatewayConfig config, Ports ports, Upstreams upstreams, RoomRegistry rooms) {
    String scheme = config.listen().tls() == null ? "http" : "https";
    List<Running.Upstream> running = upstreams.shown();
    int ready = running.stream().mapToInt(each -> each.pods().ready()).sum();
    int all = running.stream().mapToInt(each -> each.pods().view().size()).sum();
    long capacity =
        running.stream().mapToLong(each -> each.doorkeeper().admission().capacity()).sum();
    return "Usher listens on "
        + (scheme + "://" + config.listen().host() + ":" + ports.visitors())
        + (", ops on http://" + config.ops().host() + ":" + ports.operators())
        + ("; store " + (config.redis() == null ? "embedded" : config.redis()))
        + ("; pods " + ready + " of " + all + " ready, capacity " + capacity)
        + ("; rooms " + String.join(", ", rooms.endpoints().keySet()));
  }
}
