package dev.usher.room;

/** Whether the store can be asked. */
public enum StoreState {
  /** It answers. */
  GOOD,
  /** It answers, and is being given back what it lost; nobody comes in meanwhile. */
  SETTLING,
  /** It does not answer. Nobody comes in, nobody gets a number, and nobody loses one. */
  AWAY
}
