package dev.usher.provision;

/**
 * Something that may go wrong with an event.
 *
 * @param unready whether because of it pods will be missing, or late, at the opening
 * @param sentence what it is, and the remedy
 */
public record PlanWarning(boolean unready, String sentence) {
  /** Pods will be missing or late. */
  public static PlanWarning unready(String sentence) {
    return new PlanWarning(true, sentence);
  }

  /** Merely to be known. */
  public static PlanWarning note(String sentence) {
    return new PlanWarning(false, sentence);
  }
}
