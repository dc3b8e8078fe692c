package dev.usher.cli.drill.crowd;

import java.util.Locale;

/** The times a drill measures. The names are the words of the report. */
public enum Timing {
  /** From when a visitor was to come to when this process let them: how late the drill was. */
  SCHEDULE_LATENESS,
  /** From arrival to an accepted connection. */
  CONNECT,
  /** From arrival to the first answer, whatever it was. */
  FIRST_ANSWER,
  /** From arrival to a ticket in hand, or to admission where nobody had to wait. */
  TICKET,
  /** From asking to be told one's place. */
  POLL,
  /** From opening the page to being in, for visitors who were called. */
  CLAIM,
  /** A request of an admitted visitor. */
  PAGE,
  /** The same once the rush is over, when arrivals no longer take the cores from everyone. */
  PAGE_AFTER_RUSH;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
