package dev.usher.cli.drill.crowd;

import dev.usher.words.EnumWords;

/** What a drill counts. The names are the words of the report. */
public enum Count {
  /** Visitors who have come. */
  ARRIVED,
  /** Visitors whose first connection was accepted. */
  CONNECTED,
  /** Visitors who got at least one answer other than a 5xx. */
  ANSWERED,
  /** Visitors who were given a ticket, or were admitted at once. */
  TICKETS,
  /** Visitors in the line now. */
  WAITING,
  /** Visitors who were told that it is their turn. */
  CALLED,
  /** Visitors admitted so far. */
  ADMITTED,
  /** Admitted visitors who have not left yet. */
  INSIDE,
  /** Visitors who said that they leave. */
  LEFT,
  /** Admitted visitors who left without a word. */
  LEFT_SILENTLY,
  /** Visitors who gave up after trouble. */
  GAVE_UP,
  /** Visitors who met at least one trouble. */
  TROUBLED,
  /** Number of times a place was asked for. */
  POLLS,
  /** Pages that admitted visitors got. */
  PAGES,
  /** Requests sent again because an idle connection had been closed. */
  RESENT,
  /** Number of times a position was higher than the one told before. */
  POSITION_ROSE,
  /** Number of times a visitor was told to wait well after a higher number had been called. */
  OVERTAKEN,
  /** Number of times a visitor who held a ticket was told that they have none. */
  TICKET_UNKNOWN;

  public String word() {
    return EnumWords.spoken(this);
  }
}
