package dev.usher.token;

/**
 * What a visitor who is not inside carries: a place in the line, or the proof of when they came.
 */
public sealed interface InLine permits Ticket, ArrivalTicket {
  /** When the visitor came, in milliseconds since 1970. */
  long arrivedAt();
}
