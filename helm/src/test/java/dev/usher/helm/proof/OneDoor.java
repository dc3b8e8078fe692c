package dev.usher.helm.proof;

import dev.usher.visit.Site;
import dev.usher.visit.VisitAnswer.Served;
import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Usher's Service as visitors see it: one door to all replicas, before pods that say who they are.
 *
 * @param host its address
 */
record OneDoor(String host) implements Site {
  private static final int HTTP = 80;

  @Override
  public int doors() {
    return 1;
  }

  @Override
  public SocketAddress door(int number) {
    return SocketAddress.inetSocketAddress(HTTP, host);
  }

  @Override
  public @Nullable Served served(MultiMap head) {
    String pod = head.get(ShopPod.POD);
    String cameAt = head.get(ShopPod.CAME);
    String inFlight = head.get(ShopPod.IN_FLIGHT);
    return pod == null || cameAt == null || inFlight == null
        ? null
        : new Served(pod, Long.parseLong(cameAt), Integer.parseInt(inFlight));
  }
}
