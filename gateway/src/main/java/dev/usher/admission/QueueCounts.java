package dev.usher.admission;

/**
 * The queue of one upstream in all its rooms, as the store told it last.
 *
 * @param sessions sessions
 * @param waiting visitors who are there and not called
 * @param offers visitors called who have not claimed yet
 * @param called visitors called, since the beginning
 * @param claimed of those, who claimed, since the beginning
 * @param atOnce visitors admitted without a wait, since the beginning
 * @param claimsHere claims that this replica made, and that became sessions
 * @param claimMillisHere milliseconds from the call to the claim, the sum over those
 * @param paused whether every room where people wait is paused
 * @param counted whether the store has told all of these; who does not lead hears only of sessions
 *     and of who waits
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
    boolean counted) {
  /** Nobody came yet. */
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

  /** Sessions that began, since the beginning. */
  public long admitted() {
    return claimed + atOnce;
  }
}
