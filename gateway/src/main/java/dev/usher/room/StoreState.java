package dev.usher.room;

/** How far the store can be asked. */
public enum StoreState {
  /** It answers. */
  GOOD,
  /** It answers, and is given back what it lost; nobody comes in meanwhile. */
  SETTLING,
  /** It does not answer. Nobody comes in, nobody gets a number, and nobody loses one. */
  AWAY
}
