package dev.usher.store.upstream;

/**
 * That a visitor takes a place along to another browser.
 *
 * @param room the room's name
 * @param epoch the epoch of the place
 * @param lane its lane
 * @param number its number
 * @param generation the browser that the place goes to: the first one that it is moved to is 1
 * @param by names the browser that asks, so that one whose answer was lost is told the same again;
 *     "" for none
 */
public record Move(String room, long epoch, int lane, long number, int generation, String by) {
  /** Longest name of a browser. */
  public static final int BY_MAX = 32;

  public Move {
    if (generation < 1 || generation > MoveStore.MOVES_MAX) {
      throw new IllegalArgumentException(
          "generation must be 1 to " + MoveStore.MOVES_MAX + " but was " + generation);
    }
    if (!isName(by)) {
      throw new IllegalArgumentException(
          "by must be letters and digits, at most " + BY_MAX + ", but was of " + by.length());
    }
  }

  /** Whether a browser may be named so. */
  public static boolean isName(String by) {
    return by.length() <= BY_MAX
        && by.chars()
            .allMatch(
                c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
  }
}
