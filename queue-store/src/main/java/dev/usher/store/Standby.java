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
    return new Standby(
        String.format(Locale.ROOT, "%c%019d.%08d", PLACE, place.epoch(), place.number()));
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
