package dev.usher.edge;

/** Hears of visitors' connections that were not let go on. */
public interface ConnectionObserver {
  /** A connection was closed for this reason, which is also the label of its metric. */
  void refused(String reason);
}
