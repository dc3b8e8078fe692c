package dev.usher.store;

import java.util.Locale;

/**
 * A visitor who stands by for a number, as one who arrived while none could be given, or who holds
 * a place that the store has lost.
 *
 * @param rank numbers are given in the order of these texts: first to who holds an older place, in
 *     the order of epochs and numbers, then to newcomers by their time of arrival
 */
public record Standby(String rank) {
  /** How the rank begins of who holds an older place. */
  private static final char PLACE = '0';

  /** Who holds this place of another epoch. */
  public static Standby holding(Place place) {
    // Eight digits as ever, for gateways of the version before say the same; and ten of greater
    // numbers, which stand behind all of those.
    String number = place.number() < 100_000_000 ? "%c%019d.%08d" : "%c%019d.:%010d";
    return new Standby(String.format(Locale.ROOT, number, PLACE, place.epoch(), place.number()));
  }

  /** Who arrived at this replica when no number could be given: see {@link Newcomers}. */
  public static Standby arrived(long time, int replica, int sequence) {
    return new Standby(String.format(Locale.ROOT, "1%015d.%08x.%08x", time, replica, sequence));
  }

  /** Whether it is by a place that they stand by, not by the time of arrival. */
  public boolean holdsPlace() {
    return rank.charAt(0) == PLACE;
  }
}
