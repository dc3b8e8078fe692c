package dev.usher.store.upstream;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the leader of an upstream writes down for all replicas and for who leads next: the part of
 * {@code QueueStore} for those who must give the same answer everywhere.
 */
public interface NoteStore {
  /** What was written is kept for so long. */
  Duration NOTE_KEPT = Duration.ofDays(30);

  /** Longest text: a hundred times what any heading needs today. */
  int NOTE_LENGTH_MAX = 65_536;

  /**
   * Writes down a text under a heading, and tells what stands there now. Of who does not lead,
   * nothing is written.
   *
   * @param lease of this replica, held or not
   * @param text one line; "" takes away what stood there, and null only reads
   */
  CompletionStage<Note> note(Lease lease, String heading, @Nullable String text);
}
