package dev.usher.token;

/**
 * The token of a visitor who is not inside: a place in the line, or the proof of when they came. It
 * is valid for as long as it keeps being renewed.
 */
public sealed interface InLine permits Ticket, ArrivalTicket {
  /** When it was last given or renewed, in milliseconds since 1970. */
  long renewedAt();

  /** The token, renewed if it is time. */
  InLine renewed(long now);

  /**
   * Whether a token that was last renewed then is renewed now. Seldom, because it has to be signed
   * and sent again.
   */
  static boolean isDue(long renewedAt, long now) {
    return now - renewedAt >= RENEW_MILLIS;
  }

  /** Age at which a ticket is renewed: once an hour its visitor gets another cookie. */
  long RENEW_MILLIS = 3_600_000;
}
