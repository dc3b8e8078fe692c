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

  /** So many of the last lines of each record are kept for each upstream. */
  int RECORD_MAX = 1000;

  /** Longest line of the record: two states with a message each, and who it was. */
  int ENTRY_MAX = 4096;

  /** What is recorded, each by itself: a crowd of one kind pushes out no line of the other. */
  enum Annals {
    /** What operators and the shop changed in a room. */
    CHANGES,
    /** Sessions that were ended. */
    ENDINGS
  }

  /**
   * Tells what is set for these rooms, and sees that it is in force.
   *
   * @param known what this replica knows; where the store has lost it, or has an earlier one, it
   *     takes it back
   */
  CompletionStage<List<LiveState>> live(String upstream, List<LiveState> known);

  /** Sets something for a room, if it stands as the caller believes. */
  CompletionStage<LiveSet> set(String upstream, LiveChange change);

  /** Adds a line to one of the records. */
  CompletionStage<Void> record(String upstream, Annals annals, String entry);

  /** Tells the last lines of one of the records, the newest first. */
  CompletionStage<List<String>> recorded(String upstream, Annals annals);

  /** Refuses a line that no store could keep. */
  static void checkEntry(String entry) {
    if (entry.isEmpty() || entry.length() > ENTRY_MAX || entry.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException(
          "An entry must be one line of 1 to "
              + (ENTRY_MAX + " characters but was of " + entry.length()));
    }
  }
}
