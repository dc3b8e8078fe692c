package dev.usher.attack;

/** The gateways that are attacked: one configuration each. */
enum Entrance {
  /** HTTP/1.1 without TLS. */
  PLAIN,
  /** HTTP/1.1 and HTTP/2 over TLS. */
  TLS,
  /** HTTP/1.1, with a room that names its host. */
  HOSTS,
  /** HTTP/1.1, with 256 MB of heap and 256 MB of direct memory. */
  SMALL
}
