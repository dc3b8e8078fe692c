package dev.usher.visit;

import dev.usher.visit.VisitAnswer.Served;
import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Where visitors go: one or more doors that lead to the same room. */
public interface Site {
  int doors();

  /** Where a door is now: a replica that was started again listens elsewhere. */
  SocketAddress door(int number);

  /** Whether the way there is open to this visitor. */
  default boolean isOpenTo(int visitor) {
    return true;
  }

  /** Which pod answered, if its answers say so. */
  default @Nullable Served served(MultiMap head) {
    return null;
  }
}
