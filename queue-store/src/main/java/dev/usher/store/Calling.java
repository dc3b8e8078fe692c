package dev.usher.store;

/**
 * What a step of calling found and did.
 *
 * @param leads false when the lease was stale: nothing was done
 * @param sessions sessions of all rooms of the upstream
 * @param offers offered places not claimed yet, those of this step included, and visitors who were
 *     told {@link Claim#FULL} and ask; more than are kept free where places are offered twice
 * @param called visitors called at this step
 * @param claimed claims of all rooms that became sessions, ever; may begin again at 0 when the
 *     store was lost
 * @param atOnce newcomers to all rooms admitted at once, ever; may begin again at 0 likewise
 */
public record Calling(
    boolean leads, long sessions, long offers, long called, long claimed, long atOnce) {
  /** Nothing was done: the store may have lost something, and replicas are bringing it back. */
  public static final Calling SETTLING = new Calling(true, -1, 0, 0, 0, 0);

  /** Whether a step was made. */
  public boolean done() {
    return leads && sessions >= 0;
  }

  /** The lease was stale. */
  public static final Calling STALE = new Calling(false, 0, 0, 0, 0, 0);
}
