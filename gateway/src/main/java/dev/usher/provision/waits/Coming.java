package dev.usher.provision.waits;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** The pods that were asked for and are not ready yet, and when they were asked for. */
final class Coming {
  /** Pods that take so many times as long as they should may never come. */
  private static final double GIVE_UP = 3;

  private final Deque<Batch> batches = new ArrayDeque<>();

  /**
   * Pods that were asked for at the same time.
   *
   * @param askedAt when, in milliseconds
   * @param from pods that had been asked for before
   * @param pods how many there are of them
   */
  record Batch(long askedAt, int from, int pods) {}

  /** Takes in how many pods are asked for, and how many are ready. */
  void see(long now, int asked, int ready) {
    int expected = batches.isEmpty() ? ready : batches.getLast().from() + batches.getLast().pods();
    if (asked > Math.max(expected, ready)) {
      int from = Math.max(expected, ready);
      batches.addLast(new Batch(now, from, asked - from));
    }
    replaceAll(batch -> until(batch, asked));
    replaceAll(batch -> beyond(batch, ready));
  }

  private static Batch until(Batch batch, int asked) {
    return new Batch(batch.askedAt(), batch.from(), Math.min(batch.pods(), asked - batch.from()));
  }

  private static Batch beyond(Batch batch, int ready) {
    int came = Math.max(0, Math.min(batch.pods(), ready - batch.from()));
    return new Batch(batch.askedAt(), batch.from() + came, batch.pods() - came);
  }

  private void replaceAll(UnaryOperator<Batch> change) {
    for (int i = batches.size(); i > 0; i--) {
      Batch changed = change.apply(batches.removeFirst());
      if (changed.pods() > 0) {
        batches.addLast(changed);
      }
    }
  }

  /** The batches that are still believed in. */
  List<Batch> all(long now, Duration lead) {
    return batches.stream()
        .filter(batch -> now - batch.askedAt() < GIVE_UP * lead.toMillis())
        .toList();
  }
}
