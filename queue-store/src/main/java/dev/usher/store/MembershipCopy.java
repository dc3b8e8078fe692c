package dev.usher.store;

/**
 * Whose places were claimed, and who is inside, at a moment; what {@link Line} does not tell.
 *
 * @param epoch the queue's epoch
 * @param claimed whose place was claimed, ever
 * @param inside who is in session
 */
public record MembershipCopy(long epoch, Bits claimed, Bits inside) {
  /** Before the store was first asked. */
  public static final MembershipCopy NONE = new MembershipCopy(0, Bits.NONE, Bits.NONE);
}
