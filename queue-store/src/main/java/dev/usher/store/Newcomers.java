package dev.usher.store;

/**
 * Visitors who arrived together at one replica, who have no number yet.
 *
 * @param time when they came, by the store's clock as far as the replica knows it, in milliseconds
 *     since 1970
 * @param sequence of the first of them; the next ones follow it, and no other visitor of this
 *     replica has the same
 * @param count how many, 1 to {@value Bits#CHUNK}
 * @param waitingMax longest line that they may join
 * @param heard which replica they came to, and what it asked before
 */
public record Newcomers(long time, int sequence, int count, long waitingMax, Heard heard) {
  /** Newcomers who join a line of any length, of a replica that heard all answers until now. */
  public Newcomers(long time, int replica, int sequence, int count) {
    this(time, sequence, count, Place.NUMBER_MAX, new Heard(replica, sequence, sequence));
  }

  public Newcomers {
    if (time < 0 || sequence < 0) {
      throw new IllegalArgumentException(
          "time and sequence must be at least 0 but were " + time + ", " + sequence);
    }
    if (count < 1 || count > Bits.CHUNK) {
      throw new IllegalArgumentException("count must be 1 to " + Bits.CHUNK + " but was " + count);
    }
  }

  /** Which replica they came to. */
  public int replica() {
    return heard.replica();
  }

  /** How the ranks of all of them begin; the last eight characters are the sequence in base 16. */
  public String rankOfAll() {
    String rank = standby(0).rank();
    return rank.substring(0, rank.length() - 8);
  }

  /** What the visitor stands by as who came so many after the first. */
  public Standby standby(int index) {
    return Standby.arrived(time, replica(), sequence + index);
  }
}
