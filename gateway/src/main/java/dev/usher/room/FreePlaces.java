package dev.usher.room;

/**
 * The places that are free now, and how fast they are filled. When a sale opens nobody has been
 * called yet: who were told by the pace so far to come back late would come when all is filled.
 *
 * @param places places free, for visitors of any room of the upstream
 * @param atOnce visitors who may come in until the next step, at least 0
 * @param rate visitors a second that may be admitted, at least 0
 */
public record FreePlaces(long places, long atOnce, double rate) {
  /** Nothing is known of free places. */
  static final FreePlaces UNKNOWN = new FreePlaces(0, 0, 0);

  /** Milliseconds until one of these places comes to who has so many before; infinite if none. */
  double millisUntil(long ahead) {
    return ahead < places && rate > 0 ? ahead * 1000.0 / rate : Double.POSITIVE_INFINITY;
  }
}
