package dev.usher.store;

import java.util.concurrent.CompletionStage;

/** What a store tells of sessions: the part of {@link QueueStore} for those who come late. */
public interface SessionStore {
  /**
   * What is known of a session. It begins none and takes no place; one that is counted counts as
   * seen now.
   */
  CompletionStage<SessionStanding> stay(Queue queue, Place place);
}
