package dev.usher.attack.field;

import java.util.Arrays;
import java.util.Locale;

/** What another visitor noticed. */
public record Noticed(int served, int failed, String how, long p50Micros, long p99Micros) {
  public static final Noticed NOT_WATCHED = new Noticed(0, 0, "", 0, 0);

  static Noticed of(long[] micros, int failed, String how) {
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0
        ? new Noticed(0, failed, how, 0, 0)
        : new Noticed(n, failed, how, sorted[n / 2], sorted[Math.min(n - 1, n * 99 / 100)]);
  }

  @Override
  public String toString() {
    if (served == 0 && failed == 0) {
      return "-";
    }
    String times =
        String.format(Locale.ROOT, "%.1f / %.1f", p50Micros / 1000.0, p99Micros / 1000.0);
    String all = times + " (" + served + ")";
    return failed == 0 ? all : all + ", " + failed + " failed " + how;
  }
}
