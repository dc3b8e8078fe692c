package dev.usher.cli.drill.crowd;

import dev.usher.words.EnumWords;

/** The times a drill measures. The names are the words of the report. */
public enum Timing {
  /** From a visitor's scheduled arrival to when this process let them: how late the drill was. */
  SCHEDULE_LATENESS,
  /** From arrival to an accepted connection. */
  CONNECT,
  /** From arrival to the first answer, whatever it is. */
  FIRST_ANSWER,
  /** From arrival to a ticket in hand, or to admission if nobody had to wait. */
  TICKET,
  /** From asking for one's place to being told. */
  POLL,
  /** From opening the page to being in, for called visitors. */
  CLAIM,
  /** A request of an admitted visitor. */
  PAGE,
  /**
   * A request of an admitted visitor once the rush is over, when arrivals no longer take the cores
   * from everyone.
   */
  PAGE_AFTER_RUSH;

  public String word() {
    return EnumWords.spoken(this);
  }
}
