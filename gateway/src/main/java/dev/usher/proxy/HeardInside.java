package dev.usher.proxy;

import dev.usher.room.Room;
import dev.usher.token.Pass;
import java.util.function.LongSupplier;

/** A sign of life that keeps a session while its visitor sends bytes but no more requests. */
public final class HeardInside {
  private HeardInside() {}

  /**
   * Makes one for this pass. Bytes keep a session that is counted; after a silence as long as the
   * session time-out it may be over.
   */
  public static Runnable by(Room room, Pass pass, LongSupplier clock) {
    long[] last = {clock.getAsLong()};
    long silence = room.policy().sessionTimeout().toMillis();
    return () -> {
      long at = clock.getAsLong();
      if (at - last[0] < silence) {
        last[0] = at;
        room.afterVisit().heard(pass, at);
      }
    };
  }
}
