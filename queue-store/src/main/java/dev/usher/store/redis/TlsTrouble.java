package dev.usher.store.redis;

import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Finds out of a failed connection whether TLS is what the two sides did not agree on. */
final class TlsTrouble {
  /** A record of TLS begins so: an alert, which is how a server answers what is no handshake. */
  private static final String ALERT = "\u0015";

  private static final int CAUSES = 8;

  private TlsTrouble() {}

  /** What is wrong, null where it is something else. */
  static @Nullable StoreTrouble of(Throwable failure) {
    Throwable cause = failure;
    StoreTrouble found = null;
    for (int i = 0; i < CAUSES && cause != null; i++) {
      String said = String.valueOf(cause.getMessage());
      boolean tls = cause instanceof SSLException || said.contains("certificate");
      StoreTrouble here = tls ? of(said) : unasked(said);
      found = here == null ? found : here;
      cause = cause.getCause();
    }
    return found;
  }

  private static StoreTrouble of(String said) {
    String fix;
    if (said.contains("not an SSL/TLS record")) {
      fix =
          "the server does not speak TLS at this port: write redis:// instead of rediss://, or"
              + " name the port where it does (tls-port)";
      return new StoreTrouble(StoreTrouble.Kind.TLS, "The server answered without TLS", fix);
    }
    if (said.contains("certification path") || said.contains("PKIX")) {
      fix = "set store.redis.ca to the file of the authority that signed the server's certificate";
    } else if (said.contains("No subject alternative") || said.contains("No name matching")) {
      fix = "name the server as its certificate does, or give it one for the name it is called by";
    } else {
      return new StoreTrouble(StoreTrouble.Kind.TLS, said);
    }
    return new StoreTrouble(StoreTrouble.Kind.TLS, said, fix);
  }

  private static @Nullable StoreTrouble unasked(String said) {
    return said.startsWith("ILLEGAL_STATE") && said.contains(ALERT) ? expected() : null;
  }

  /** A server that speaks TLS was spoken to without, and said so in its way. */
  private static StoreTrouble expected() {
    return new StoreTrouble(
        StoreTrouble.Kind.TLS,
        "The server answered by TLS",
        "the server speaks TLS at this port: write rediss:// instead of redis://, or name its port"
            + " without TLS");
  }

  /** A server said nothing to the first word of TLS: it is slow, or it speaks none. */
  static StoreTrouble unanswered(long millis) {
    return new StoreTrouble(
        StoreTrouble.Kind.TIMED_OUT,
        "No answer to the first word of TLS within " + millis + " ms",
        "look at the store's load and at the network; if it speaks no TLS at this port, write"
            + " redis:// instead of rediss://, or name the port where it does (tls-port)");
  }

  /** A connection without TLS was closed at its first word: so do servers of TLS, and dead ones. */
  static StoreTrouble suspected() {
    return new StoreTrouble(
        StoreTrouble.Kind.UNREACHABLE,
        "The connection was closed at the first word",
        "look whether the store runs behind this address; if it speaks TLS at this port, write"
            + " rediss:// instead of redis://");
  }
}
