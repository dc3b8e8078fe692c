package dev.usher.token;

/**
 * What a visitor who is not inside carries: a place in the line, or the proof of when they came. It
 * is worth something as long as it is renewed.
 */
public sealed interface InLine permits Ticket, ArrivalTicket {
  /** When it was given or renewed last, in milliseconds since 1970. */
  long renewedAt();

  /** The same, renewed now if it is time. */
  InLine renewed(long now);

  /** Whether what was renewed then is renewed now. Seldom, for it is signed and sent anew. */
  static boolean isDue(long renewedAt, long now) {
    return now - renewedAt >= RENEW_MILLIS;
  }

  /** So old a ticket gets before it is renewed: once an hour its visitor gets another cookie. */
  long RENEW_MILLIS = 3_600_000;
}
