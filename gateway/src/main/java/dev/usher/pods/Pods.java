package dev.usher.pods;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The ready pods of one upstream, as the proxy uses them: take a slot on one, give it back. */
public interface Pods {
  /** Requests that this replica may have in flight on all ready pods together. */
  int slots();

  /** Counts a request that is to be sent to a pod; once for each, before its slot is taken. */
  void arrived(RequestClass kind);

  /**
   * Takes a slot on the ready pod with the fewest requests in flight relative to its cap, or on the
   * one that the session stays with.
   *
   * @param stay the session of the request; null for none
   * @param avoid a pod that just failed this request, not to be chosen again
   * @return the slot, or null if every ready pod is at its cap or none is ready
   */
  @Nullable Slot take(@Nullable StickySession stay, @Nullable Pod avoid);

  /**
   * Takes a slot on one of the less busy ready pods, however many requests each has: for rooms that
   * only watch.
   *
   * @param stay see {@link #take}
   * @param avoid a pod that just failed this request, not to be chosen again
   * @return the slot, or null if none is ready
   */
  @Nullable Slot takeBeyond(@Nullable StickySession stay, @Nullable Pod avoid);

  /**
   * Waits for a slot, in order of asking, while every pod is at its cap.
   *
   * @param hold the longest wait
   * @param stay see {@link #take}
   * @return the slot; null if that time is over or too many wait already
   */
  CompletionStage<@Nullable Slot> await(Duration hold, @Nullable StickySession stay);
}
