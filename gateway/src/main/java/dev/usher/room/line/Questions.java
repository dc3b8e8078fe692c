package dev.usher.room.line;

import dev.usher.store.Heard;

/**
 * The questions for numbers that this replica asks for one room, one at a time. Each is named by
 * the time, so that the questions of a room that was taken out of the file and put back follow its
 * earlier ones.
 */
public final class Questions {
  private volatile Heard heard;

  /**
   * @param replica this replica's number, unlike all others
   */
  public Questions(int replica) {
    this.heard = new Heard(replica, 0, 0);
  }

  int replica() {
    return heard.replica();
  }

  /** What has been heard so far. A question on its way is not over. */
  Heard heard() {
    return heard;
  }

  /**
   * Begins the next question, once the one before has ended.
   *
   * @param time by the store's clock, in milliseconds since 1970
   */
  Heard next(long time) {
    Heard last = heard;
    return new Heard(last.replica(), last.answered(), Math.max(last.over(), time));
  }

  /** Notes that this question was answered, or given up. */
  void ended(Heard begun, boolean answered) {
    long question = begun.question();
    heard = new Heard(begun.replica(), answered ? question : begun.answered(), question);
  }
}
