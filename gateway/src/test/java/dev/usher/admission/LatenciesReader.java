package dev.usher.admission;

/** Reads what a play has measured. */
public final class LatenciesReader {
  private LatenciesReader() {}

  /** The median in seconds. */
  public static double median(Latencies latencies) {
    return latencies.median();
  }
}
