package dev.usher.store.redis;

import java.net.URI;

/**
 * A running Redis that tests may write to.
 *
 * @param kind which of the ways led to it
 * @param where the program, image or variable behind it
 * @param url its address
 * @param stop ends it; does nothing to one that was running before us
 */
record FoundRedis(Kind kind, String where, URI url, Runnable stop) implements AutoCloseable {
  /** The ways to a Redis, in the order they are tried. */
  enum Kind {
    NAMED,
    CONTAINER,
    SERVER,
    EMBEDDED
  }

  @Override
  public void close() {
    stop.run();
  }

  /** Its version, as it says itself. */
  String version() {
    return RedisWire.ask(url, "INFO", "server")
        .lines()
        .filter(line -> line.startsWith("redis_version:"))
        .map(line -> line.substring("redis_version:".length()).strip())
        .findFirst()
        .orElse("of unknown version");
  }

  /** Never shows the password that a URL may hold. */
  @Override
  public String toString() {
    String address = url.getScheme() + "://" + url.getHost() + ":" + url.getPort();
    return "redis-server " + version() + " " + where + " at " + address;
  }
}
