package dev.usher.store.redis.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that a server did not carry out but said how they would be: they wait here, in their order,
 * until all that was sent before has been answered.
 */
final class Redirect {
  /** What an answer asks for. */
  enum Sign {
    /** The server does not know the script. */
    NOSCRIPT,
    /** The server's time is not the one that was expected. */
    LEAP,
    /** The slot is on another node. */
    MOVED,
    /** This once, another node is to be asked. */
    ASK,
    /** Later. */
    TRYAGAIN,
    /** Later, or the shard is lost. */
    CLUSTERDOWN;

    static @Nullable Sign of(String said) {
      for (Sign sign : values()) {
        if (said.startsWith(sign.name())) {
          return sign;
        }
      }
      return null;
    }
  }

  private final List<Call> calls = new ArrayList<>();
  private @Nullable Address movedTo;
  private @Nullable Address askAt;
  private boolean later;
  private boolean begun;

  void add(Call call, Sign sign, String said, Address from) {
    calls.add(call);
    switch (sign) {
      case NOSCRIPT -> call.inFull();
      case LEAP -> call.sure();
      case MOVED -> movedTo = from.other(target(said));
      case ASK -> askAt = from.other(target(said));
      case TRYAGAIN, CLUSTERDOWN -> later = true;
    }
  }

  /** Of {@code MOVED 1234 host:port}. */
  private static String target(String said) {
    return said.split(" ", -1)[2];
  }

  List<Call> calls() {
    return calls;
  }

  @Nullable Address movedTo() {
    return movedTo;
  }

  @Nullable Address askAt() {
    return movedTo == null ? askAt : null;
  }

  /** Whether nothing is to be done but to wait. */
  boolean later() {
    return later && movedTo == null && askAt == null;
  }

  boolean begun() {
    return begun;
  }

  void begin() {
    begun = true;
  }
}
