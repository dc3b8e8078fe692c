package dev.usher.provision;

/**
 * The stage of an event, from which every replica can go on.
 *
 * @param key the event's key
 * @param phase its phase
 * @param pods pods wanted for it
 * @param since when that last changed, in milliseconds since 1970
 * @param emptySince since when nobody has waited, in milliseconds since 1970; 0 while somebody does
 */
record SaleStage(String key, Phase phase, int pods, long since, long emptySince) {
  /** The phases of an event, in their order. Their names in lower case are what is shown. */
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
    /**
     * Its time was found to be long past: what would be done blindly waits for an operator's word.
     */
    LATE
  }

  static SaleStage planned(String key) {
    return new SaleStage(key, Phase.PLANNED, 0, 0, 0);
  }
}
