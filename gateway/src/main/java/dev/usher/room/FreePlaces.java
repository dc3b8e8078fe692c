package dev.usher.room;

/**
 * The places that are free now, and how fast they fill. When a sale opens nobody has been called
 * yet, so the pace so far would send visitors away for so long that they came back when every place
 * was taken.
 *
 * @param places free places, for visitors of any room of the upstream
 * @param atOnce visitors who may come in before the next tick, at least 0
 * @param rate visitors who may be admitted a second, at least 0
 */
public record FreePlaces(long places, long atOnce, double rate) {
  /** Nothing is known of free places. */
  static final FreePlaces UNKNOWN = new FreePlaces(0, 0, 0);

  /**
   * Milliseconds until a visitor with this many ahead gets one of these places; infinite if never.
   */
  double millisUntil(long ahead) {
    return ahead < places && rate > 0 ? ahead * 1000.0 / rate : Double.POSITIVE_INFINITY;
  }
}
