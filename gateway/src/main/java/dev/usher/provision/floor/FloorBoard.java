package dev.usher.provision.floor;

import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Note;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What all replicas know of the floor of one upstream: the leader, which alone looks at it, writes
 * it to the store.
 */
public final class FloorBoard {
  private static final String HEADING = "floor";

  /** News older than this are no longer told. */
  private static final long OLD_MILLIS = 60_000;

  private final String upstream;
  private final QueueStore store;
  private volatile @Nullable Heard heard;

  /** What the store holds, how old it was when heard, and when that was here. */
  private record Heard(FloorNews news, long age, long at) {}

  public FloorBoard(String upstream, QueueStore store) {
    this.upstream = upstream;
    this.store = store;
  }

  /**
   * Writes what the leader knows, and hears what stands there. Fails when the store does.
   *
   * @param mine null from a replica that does not lead
   */
  public CompletionStage<Void> step(Lease lease, @Nullable FloorNews mine, long now) {
    return store
        .note(lease, HEADING, mine == null ? null : mine.text())
        .thenAccept(note -> hear(note, now));
  }

  private void hear(Note note, long now) {
    FloorNews news = note.text().isEmpty() ? null : FloorNews.parse(note.text());
    heard = news == null ? null : new Heard(news, note.age(), now);
  }

  /** How the floor stands; null if nobody has looked lately. Safe for any thread. */
  public @Nullable FloorNews told(long now) {
    Heard last = heard;
    return last == null || last.age + now - last.at > OLD_MILLIS ? null : last.news;
  }

  public String upstream() {
    return upstream;
  }
}
