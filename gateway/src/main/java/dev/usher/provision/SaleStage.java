package dev.usher.provision;

/**
 * How far an event is. Every replica can go on from it.
 *
 * @param key the event's
 * @param phase which step it is at
 * @param pods so many are wanted for it
 * @param since when that was last changed, in milliseconds since 1970
 * @param emptySince since when nobody waits, in milliseconds since 1970; 0 while somebody does
 */
record SaleStage(String key, Phase phase, int pods, long since, long emptySince) {
  /** The steps of an event, in their order. Their names in small letters are what is shown. */
  public enum Phase {
    /** It is to come. */
    PLANNED,
    /** Its pods are asked for. */
    RAISING,
    /** People are let in. */
    OPEN,
    /** It is over, or gone from the configuration: pods are given up step by step. */
    LOWERING,
    /** Nothing is wanted for it any more. */
    DONE,
    /** Its time was found to be long over: what would be done blindly waits for a word. */
    LATE
  }

  static SaleStage planned(String key) {
    return new SaleStage(key, Phase.PLANNED, 0, 0, 0);
  }
}
