package dev.usher.admission;

/**
 * The counts of one upstream's queue over all its rooms, as last told by the store.
 *
 * @param sessions sessions
 * @param waiting visitors who are present and not called
 * @param offers called visitors who have not claimed yet
 * @param called visitors called, since the beginning
 * @param claimed called visitors who claimed, since the beginning
 * @param atOnce visitors admitted without a wait, since the beginning
 * @param claimsHere claims made by this replica that became sessions
 * @param claimMillisHere sum over those claims of the milliseconds from the call to the claim
 * @param paused whether every room where people wait is paused
 * @param gathers whether in every such room that is not paused visitors gather for an opening
 * @param counted whether the store has told all of these; a replica that does not lead hears only
 *     of sessions and of waiting visitors
 */
public record QueueCounts(
    long sessions,
    long waiting,
    long offers,
    long called,
    long claimed,
    long atOnce,
    long claimsHere,
    long claimMillisHere,
    boolean paused,
    boolean gathers,
    boolean counted) {
  /** The counts while no room's visitors gather. */
  // Rule zero: the record without one of its components.
  public QueueCounts(
      long sessions,
      long waiting,
      long offers,
      long called,
      long claimed,
      long atOnce,
      long claimsHere,
      long claimMillisHere,
      boolean paused,
      boolean counted) {
    this(
        sessions,
        waiting,
        offers,
        called,
        claimed,
        atOnce,
        claimsHere,
        claimMillisHere,
        paused,
        false,
        counted);
  }

  /** Nobody has come yet. */
  public static final QueueCounts NONE = new QueueCounts(0, 0, 0, 0, 0, 0, 0, 0, false, false);

  public QueueCounts {
    if (sessions < 0 || waiting < 0 || offers < 0) {
      throw new IllegalArgumentException(
          "sessions, waiting and offers must be at least 0 but were "
              + sessions
              + ", "
              + waiting
              + ", "
              + offers);
    }
  }

  /** Whether nobody who waits may be called now, whatever the capacity. */
  public boolean shut() {
    return paused || gathers;
  }

  /** Sessions that began, since the beginning. */
  public long admitted() {
    return claimed + atOnce;
  }
}
