package dev.usher.drill;

/**
 * One promise to visitors, held against what happened.
 *
 * @param kept whether it was kept
 * @param words what was promised
 * @param seen what happened
 */
public record Promise(boolean kept, String words, String seen) {
  @Override
  public String toString() {
    return (kept ? "kept    " : "BROKEN  ") + words + ": " + seen;
  }
}
