package dev.usher.pods;

/** The kind of session that a request belongs to, as far as it matters to the load on the pods. */
public enum RequestClass {
  /** From a session in its first five seconds: the first page and all its parts. */
  FIRST,
  /** From an older session. */
  SETTLED,
  /** Without a session: bypassed, or outside every room. */
  ROOMLESS,
  /** A stream, a WebSocket or an upload, which tells nothing about how busy the pods are. */
  LONG
}
