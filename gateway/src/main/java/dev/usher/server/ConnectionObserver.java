package dev.usher.server;

/** An observer of visitors' connections that were closed for what they did. */
public interface ConnectionObserver {
  /** A connection was closed for this reason. */
  void refused(Reason reason);

  /** Why a connection was closed; the lower-case name is the label of its metric. */
  enum Reason {
    HTTP2_PREFACE,
    HTTP2_RESETS,
    HTTP2_SETTINGS,
    HTTP2_PINGS,
    HTTP2_PRIORITIES,
    HTTP2_WINDOW_UPDATES,
    HTTP2_EMPTY,
    HTTP2_SMALL_DATA,
    HTTP2_CONTINUATIONS,
    HTTP2_STREAMS,
    HTTP2_UNKNOWN,
    HTTP2_HEAD_LATE,
    PROXY_PROTOCOL_LATE,
    TLS_HANDSHAKES,
    TLS_LATE,
    TLS_RENEGOTIATION
  }
}
