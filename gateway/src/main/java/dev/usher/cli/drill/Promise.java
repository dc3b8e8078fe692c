package dev.usher.cli.drill;

/**
 * One promise to visitors, compared with what happened.
 *
 * @param kept whether it was kept
 * @param binding whether the run has failed if it was not; a timing that is narrowly missed is not
 *     binding, because on a busy machine it says more about the machine: it is shown, for people to
 *     judge
 * @param words what was promised
 * @param seen what happened
 */
public record Promise(boolean kept, boolean binding, String words, String seen) {
  /** A binding promise. */
  public Promise(boolean kept, String words, String seen) {
    this(kept, true, words, seen);
  }

  /** Whether the run has failed because of it. */
  public boolean isBroken() {
    return binding && !kept;
  }

  @Override
  public String toString() {
    String verdict = kept ? "kept    " : binding ? "BROKEN  " : "told    ";
    return verdict + words + ": " + seen;
  }
}
