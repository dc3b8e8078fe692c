package dev.usher.attack;

import dev.usher.attack.field.Noticed;

/** How an attack went: what was tried, how much of it held, and the first case that did not. */
record Result(int tried, int held, String broken, Noticed pace) {
  /** The result of a flood, which holds as a whole or not at all. */
  static Result ofFlood(int tried, String broken, Noticed pace) {
    return new Result(tried, broken.isEmpty() ? tried : 0, broken, pace);
  }

  boolean holds() {
    return held == tried;
  }
}
