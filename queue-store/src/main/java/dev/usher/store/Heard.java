package dev.usher.store;

/**
 * How far a replica's questions for numbers have come. It asks one at a time, each with a higher
 * number than those before.
 *
 * @param replica which replica; any number, unlike those of other replicas
 * @param answered the last question that was answered; 0 for none
 * @param over the last question that is over, answered or given up. Numbers given for those after
 *     {@code answered} are nobody's, and one of these that is carried out only now comes too late
 */
public record Heard(int replica, long answered, long over) {
  public Heard {
    if (answered < 0 || over < answered) {
      throw new IllegalArgumentException(
          "answered must be at least 0 and at most over but they were " + answered + ", " + over);
    }
  }

  /** The question that is asked now. */
  public long question() {
    return over + 1;
  }
}
