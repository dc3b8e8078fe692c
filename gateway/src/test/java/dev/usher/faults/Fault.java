package dev.usher.faults;

import java.util.List;

/** Something that goes wrong, and is put right again. */
interface Fault {
  /** Its name in small letters, as commands and reports have it. */
  String title();

  /**
   * Breaks it, waits, puts it right.
   *
   * @param millis how long it lasts
   */
  Harm strike(World world, long millis);

  /**
   * Whom it harmed meanwhile, by number.
   *
   * @param blind replicas that could not reach the store as ever
   * @param down replicas that did not run
   */
  record Harm(List<Integer> blind, List<Integer> down) {
    static final Harm NONE = new Harm(List.of(), List.of());
  }

  /** Whether the store is hit, so that it cannot be hit in another way at the same time. */
  boolean hitsStore();

  /** Whether it leaves a replica without word of the others, though it may go on with its share. */
  boolean leavesUnheard();

  /** From its end, or from its beginning when only one replica is hit, admissions go on by then. */
  long resumesWithinMillis();
}
