package dev.usher.store.upstream;

import java.time.Duration;

/**
 * What one replica says of the slots it has of its upstream's pods.
 *
 * @param held what it takes for its own or has in flight on each pod, whichever is more
 * @param demand requests it had in flight or waiting lately, at least 0
 * @param quarantine how long, after the last report, its slots may not be given to others: requests
 *     of a dead replica may run in the pods for as long
 * @param life the store's life in which its slots were granted; 0 when it never had any
 * @param version the grants it took its slots from; 0 when it never had any
 * @param stays how much of it would still be in flight if it died
 */
public record SlotReport(
    Slots held, long demand, Duration quarantine, long life, long version, SlotDecay stays) {
  public SlotReport {
    if (demand < 0) {
      throw new IllegalArgumentException("demand must be at least 0 but was " + demand);
    }
    if (quarantine.isNegative()) {
      throw new IllegalArgumentException("quarantine must be at least 0 but was " + quarantine);
    }
  }
}
