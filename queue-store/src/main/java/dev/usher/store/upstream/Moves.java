package dev.usher.store.upstream;

import java.util.Map;

/**
 * What was moved of a line lately.
 *
 * @param upTo how many moves of the line are known with these
 * @param generations by number, the browser that the place is in now
 */
public record Moves(long upTo, Map<Long, Integer> generations) {
  /**
   * What is asked for.
   *
   * @param room the room's name
   * @param epoch the epoch of the line
   * @param lane its lane
   * @param known how many moves of it are known
   */
  public record Since(String room, long epoch, int lane, long known) {}
}
