package dev.usher.store.upstream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What operators set for the rooms of an upstream while they run, and the record of who did: the
 * part of {@code QueueStore} for what must be in force on every replica.
 */
public interface LiveStore {
  /** What was set, and the record, are kept for so long after the last look at them. */
  Duration LIVE_KEPT = Duration.ofDays(30);

  /** So many of the last changes are recorded for each upstream. */
  int RECORD_MAX = 1000;

  /** Longest line of the record: two states with a message each, and who it was. */
  int ENTRY_MAX = 4096;

  /**
   * Tells what is set for these rooms, and sees that it is in force.
   *
   * @param known what this replica knows; where the store has lost it, or has an earlier one, it
   *     takes it back
   */
  CompletionStage<List<LiveState>> live(String upstream, List<LiveState> known);

  /** Sets something for a room, if it stands as the caller believes. */
  CompletionStage<LiveSet> set(String upstream, LiveChange change);

  /**
   * Adds a line to the record of changes.
   *
   * @param entry the line; "" only reads
   * @return the last lines, the newest first
   */
  CompletionStage<List<String>> record(String upstream, String entry);

  /** Refuses a line that no store could keep. */
  static void checkEntry(String entry) {
    if (entry.length() > ENTRY_MAX || entry.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException(
          "An entry must be one line of at most "
              + (ENTRY_MAX + " characters but was of " + entry.length()));
    }
  }
}
