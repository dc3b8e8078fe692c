package dev.usher.config.schema;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the key that was probably meant. */
public final class NearestKey {
  /** A longer key is no slip of the pen; the cost of the comparison grows with the length. */
  private static final int LENGTH_MAX = 64;

  private NearestKey() {}

  /** The known key nearest to the written one; null if none is near enough to be meant. */
  static @Nullable public String to(String written, Collection<String> known) {
    if (written.length() > LENGTH_MAX) {
      return null;
    }
    // Two slips turn a short word into another word; in a long one they are still slips.
    int nearest = Math.max(1, written.length() / 3) + 1;
    String found = null;
    for (String key : known.stream().sorted().toList()) {
      int distance = distance(plain(written), plain(key));
      if (distance < nearest) {
        nearest = distance;
        found = key;
      }
    }
    return found;
  }

  /** {@code session-timeout} and {@code session_timeout} mean sessionTimeout. */
  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /**
   * The number of letters to add, drop, change or swap with their neighbour (Damerau-Levenshtein).
   */
  private static int distance(String a, String b) {
    int[][] slips = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        slips[i][j] = i == 0 || j == 0 ? i + j : least(slips, a.substring(0, i), b.substring(0, j));
      }
    }
    return slips[a.length()][b.length()];
  }

  private static int least(int[][] slips, String a, String b) {
    int i = a.length();
    int j = b.length();
    int change = slips[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(change, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
  }
}
