package dev.usher.store.redis.link;

import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Finds out of a failed connection whether TLS is what the two sides did not agree on. */
final class TlsTrouble {
  /** A record of TLS begins so: an alert, which is how a server answers what is no handshake. */
  private static final String ALERT = "\u0015";

  private static final int CAUSES = 8;

  private static final String PLAIN = "write redis:// instead of rediss://";
  private static final String PLAIN_NODES = PLAIN + " in store.redis.sentinel.nodes";
  private static final String PLAIN_SERVERS = "set store.redis.sentinel.servers to plain";
  private static final String BY_TLS = "write rediss:// instead of redis://";
  private static final String AUTHORITY = "set store.redis.ca to the file";

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
          "the server does not speak TLS at this port: "
              + PLAIN
              + ", or name the port where it does (tls-port)";
      return new StoreTrouble(StoreTrouble.Kind.TLS, "The server answered without TLS", fix);
    }
    if (said.contains("certification path") || said.contains("PKIX")) {
      fix = AUTHORITY + " of the authority that signed the server's certificate";
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
        "the server speaks TLS at this port: " + BY_TLS + ", or name its port without TLS");
  }

  /** A server said nothing to the first word of TLS: it is slow, or it speaks none. */
  static StoreTrouble unanswered(long millis) {
    return new StoreTrouble(
        StoreTrouble.Kind.TIMED_OUT,
        "No answer to the first word of TLS within " + millis + " ms",
        "look at the store's load and at the network; if it speaks no TLS at this port, "
            + PLAIN
            + ", or name the port where it does (tls-port)");
  }

  /** Whether anybody of them is spoken to by TLS. */
  static boolean mayBe(RedisServers servers) {
    return servers.secure() || RedisUrl.secure(servers.urls().get(0));
  }

  /** The same where it is not known who of them said nothing. */
  static StoreTrouble unanswered(long millis, RedisServers servers) {
    StoreTrouble trouble = unanswered(millis);
    if (!(servers instanceof RedisServers.Sentinel)) {
      return trouble;
    }
    String fix =
        !RedisUrl.secure(servers.urls().get(0))
            ? PLAIN_SERVERS
            : servers.secure() ? PLAIN_NODES + ", " + PLAIN_SERVERS : PLAIN_NODES;
    return new StoreTrouble(trouble.kind(), trouble.said(), trouble.fix().replace(PLAIN, fix));
  }

  /** A connection without TLS was closed at its first word: so do servers of TLS, and dead ones. */
  static StoreTrouble suspected() {
    return new StoreTrouble(
        StoreTrouble.Kind.UNREACHABLE,
        "The connection was closed at the first word",
        "look whether the store runs behind this address; if it speaks TLS at this port, "
            + BY_TLS);
  }

  /** The same of a server that sentinels named: no URL says how it is spoken to. */
  static Throwable ofNamed(Throwable failure) {
    StoreTrouble trouble = StoreTrouble.of(failure);
    String fix =
        trouble
            .fix()
            .replace(PLAIN, PLAIN_SERVERS)
            .replace(BY_TLS, "set store.redis.sentinel.servers to tls");
    return with(fix, trouble, failure);
  }

  /** The same of a sentinel, which may have an authority of its own. */
  static Throwable ofSentinel(Throwable failure) {
    StoreTrouble trouble = StoreTrouble.of(failure);
    String fix =
        trouble
            .fix()
            .replace(PLAIN, PLAIN_NODES)
            .replace(BY_TLS, BY_TLS + " in store.redis.sentinel.nodes")
            .replace(AUTHORITY, "set store.redis.sentinel.ca, or store.redis.ca, to the file");
    return with(fix, trouble, failure);
  }

  private static Throwable with(String fix, StoreTrouble trouble, Throwable failure) {
    return fix.equals(trouble.fix())
        ? failure
        : new StoreTroubleException(new StoreTrouble(trouble.kind(), trouble.said(), fix));
  }
}
