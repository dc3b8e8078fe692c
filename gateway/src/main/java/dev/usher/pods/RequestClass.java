package dev.usher.pods;

/** Whose request it is, as far as it matters to how much the pods are asked. */
public enum RequestClass {
  /** Of a session in its first five seconds: the first page and all its parts. */
  FIRST,
  /** Of an older session. */
  SETTLED,
  /** Of nobody's session: bypassed, or outside every room. */
  ROOMLESS,
  /** A stream, a WebSocket, an upload: it says nothing of how busy the pods are. */
  LONG
}
