package dev.usher.store.memory;

import dev.usher.store.Heard;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each replica asked for and was given last, of one room inside the process. */
final class Blocks {
  private final Map<Integer, Note> notes = new HashMap<>();

  /** Numbers given together: {@code first} to before {@code end}. */
  record Block(long epoch, int first, int end) {}

  /** The last question that was carried out or given up, and what was given for it. */
  private record Note(long question, @Nullable Block given) {}

  Blocks() {}

  Blocks(Blocks other) {
    notes.putAll(other.notes);
  }

  /** Whether the replica has given this question up. */
  boolean isLate(Heard heard) {
    Note last = notes.get(heard.replica());
    return last != null && last.question() > heard.over();
  }

  void given(Heard heard, Block block) {
    notes.put(heard.replica(), new Note(heard.question(), block));
  }

  /** What was given for a question that the replica has given up; null for nothing. */
  @Nullable Block hear(Heard heard) {
    Note last = notes.get(heard.replica());
    if (last != null && last.question() > heard.over()) {
      return null;
    }
    notes.put(heard.replica(), new Note(heard.over(), null));
    return last == null || last.question() <= heard.answered() ? null : last.given();
  }
}
