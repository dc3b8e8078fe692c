package dev.usher.store.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What the leader of an upstream wrote down last under one heading.
 *
 * @param text as it was written, "" when nothing was
 * @param writtenAt by the store's clock, in milliseconds since 1970; 0 when nothing was written
 * @param now the store's time
 */
public record Note(String text, long writtenAt, long now) {
  /** Refuses what no store could tell as it was written. */
  public static void check(String heading, @Nullable String text) {
    if (heading.isEmpty() || heading.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("A heading must be one word but was \"" + heading + "\"");
    }
    if (text != null
        && (text.length() > NoteStore.NOTE_LENGTH_MAX || text.chars().anyMatch(c -> c < ' '))) {
      throw new IllegalArgumentException(
          "A note must be one line of at most "
              + (NoteStore.NOTE_LENGTH_MAX + " characters but was of " + text.length()));
    }
  }

  /** How old it is, in milliseconds. */
  public long age() {
    return now - writtenAt;
  }
}
